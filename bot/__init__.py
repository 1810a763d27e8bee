"""citebot: questions in plain English, answered from your own documents with the words they rest on."""
