//! What stands in the tables of figures: the numbers of the page, under the same words.

use super::{Cell, Table, Workbook, date_format};
use crate::{
    model::work::figures::{Figure, Figures, FiguresPage, FiguresTable, LineName},
    ui::{
        figure_words,
        texts::{Locale, t},
    },
};

/// Each table a sheet, as on the page.
pub fn workbook(locale: Locale, page: &FiguresPage) -> Workbook {
    Workbook {
        title: figure_words::title(locale, page.filter),
        author: t!(locale => "brand"),
        date_format: date_format(locale),
        sheets: page.tables.iter().map(|table| sheet(locale, table)).collect(),
    }
}

fn sheet(locale: Locale, table: &FiguresTable) -> Table {
    let is_by_period = table.kind.charted().is_some();
    let heads = if is_by_period {
        vec![t!(locale => "figures-from"), t!(locale => "figures-until")]
    } else {
        vec![figure_words::line_head(locale, table.kind)]
    };
    let figures = table.kind.figures();
    let columns = heads.into_iter().chain(figures.iter().map(|figure| figure_words::with_unit(locale, *figure)));
    let row = |name: Vec<Cell>, values: &Figures| {
        let cells = figures.iter().map(|figure| Cell::optional(values.of(*figure), Cell::Number));
        name.into_iter().chain(cells).collect::<Vec<_>>()
    };
    let lines = table.lines.iter().map(|line| {
        let name = match &line.name {
            LineName::Period(period) => vec![Cell::Date(period.first), Cell::Date(period.last)],
            name => vec![Cell::text(figure_words::line(locale, name))],
        };
        row(name, &line.figures)
    });
    let total = [Some(Cell::text(t!(locale => "figures-total"))), is_by_period.then_some(Cell::Empty)];
    let total = row(total.into_iter().flatten().collect(), &table.total);
    Table::new(figure_words::table(locale, table.kind), columns, lines.chain([total]).collect())
}

/// All tables below one another: which table, which line, which figure, its value and unit.
pub fn all(locale: Locale, page: &FiguresPage) -> Table {
    let columns = [
        t!(locale => "figures-column-table"),
        t!(locale => "figures-column-line"),
        t!(locale => "figures-from"),
        t!(locale => "figures-until"),
        t!(locale => "figures-column-figure"),
        t!(locale => "figures-column-value"),
    ];
    let rows = page.tables.iter().flat_map(|table| {
        let lines = table.lines.iter().map(|line| (Some(&line.name), &line.figures));
        lines.chain([(None, &table.total)]).flat_map(move |(name, values)| values_of(locale, page, table, name, values))
    });
    Table::new(figure_words::title(locale, page.filter), columns, rows.collect())
}

fn values_of(
    locale: Locale,
    page: &FiguresPage,
    table: &FiguresTable,
    name: Option<&LineName>,
    values: &Figures,
) -> Vec<Vec<Cell>> {
    let (from, until) = match name {
        Some(LineName::Period(period)) => (period.first, period.last),
        _ => (page.filter.from, page.filter.until),
    };
    let named = name.map_or_else(|| t!(locale => "figures-total"), |name| figure_words::line(locale, name));
    let figures = table.kind.figures().iter();
    let row = |figure: &Figure| {
        vec![
            Cell::text(figure_words::table(locale, table.kind)),
            Cell::text(named.clone()),
            Cell::Date(from),
            Cell::Date(until),
            Cell::text(figure_words::with_unit(locale, *figure)),
            Cell::optional(values.of(*figure), Cell::Number),
        ]
    };
    figures.map(row).collect()
}
