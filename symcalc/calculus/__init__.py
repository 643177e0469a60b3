"""The mathematics; knows no text and no screen."""
