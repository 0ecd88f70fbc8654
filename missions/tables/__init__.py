"""Tables read from and written to files: CSV, XLSX, ODS."""
