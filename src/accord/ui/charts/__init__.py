"""Charts: pure functions from frozen values to inline SVG, tables and Vega-Lite."""

from accord.ui.charts.area import Area, Layer
from accord.ui.charts.bar import Bar
from accord.ui.charts.fan import Fan, Promised, Quantiles
from accord.ui.charts.files import csv_response, json_response, vega_response
from accord.ui.charts.funnel import Funnel, Stage
from accord.ui.charts.heat import Cell, Heat
from accord.ui.charts.spark import Spark
from accord.ui.charts.types import Chart, ChartTable, Point, Size

__all__ = [
    "Area",
    "Bar",
    "Cell",
    "Chart",
    "ChartTable",
    "Fan",
    "Funnel",
    "Heat",
    "Layer",
    "Point",
    "Promised",
    "Quantiles",
    "Size",
    "Spark",
    "Stage",
    "csv_response",
    "json_response",
    "vega_response",
]
