"""Reads a table from standard input as a spreadsheet would and prints it as JSON.

read_tables.py csv SEPARATOR   a list of rows of texts
read_tables.py xlsx            properties and sheets, each value with its type and number format
"""

import csv
import io
import json
import sys

import openpyxl


def read_csv(data, separator):
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def read_xlsx(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        "title": book.properties.title,
        "author": book.properties.creator,
        "created": book.properties.created.isoformat(),
        "sheets": [read_sheet(sheet) for sheet in book],
    }


def read_sheet(sheet):
    return {
        "name": sheet.title,
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "widths": [dimension.width for dimension in sheet.column_dimensions.values()],
        "rows": [[read_cell(cell) for cell in row] for row in sheet.iter_rows()],
    }


def read_cell(cell):
    value = cell.value
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    return {"value": value, "type": cell.data_type, "format": cell.number_format}


if __name__ == "__main__":
    data = sys.stdin.buffer.read()
    read = read_csv(data, sys.argv[2]) if sys.argv[1] == "csv" else read_xlsx(data)
    json.dump(read, sys.stdout)
