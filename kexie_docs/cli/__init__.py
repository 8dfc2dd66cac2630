"""The command line: arguments, messages in the language of the user, exit codes."""
