"""What ``nianshao check`` prints: one module per format over what the formats share."""
