"""The preview: pages of an edition that follow its content while somebody writes."""
