"""One file, one subcommand: text -> Result. Files with a leading underscore are shared and no subcommands."""
