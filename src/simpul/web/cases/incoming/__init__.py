"""Reports that were written down in KoboCollect or another form, brought in as cases."""
