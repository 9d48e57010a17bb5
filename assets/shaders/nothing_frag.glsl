// For passes that write depth and no colour.
void main() {}
