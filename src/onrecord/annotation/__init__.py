"""What is said in a document: who and what is named, what is done with words, how questions are answered."""
