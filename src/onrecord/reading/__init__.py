"""What all house styles share: bytes to characters, characters to lines with offsets, lines to turns."""
