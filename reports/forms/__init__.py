"""The statutory forms as data: headings and labels with the variants met in real reports. Pure."""
