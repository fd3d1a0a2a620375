//! Icons: few, drawn inline, always beside a word.

use leptos::{prelude::*, svg};

/// What can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A tick.
    Check,
    /// An "i".
    Info,
    /// An exclamation mark in a triangle.
    Warning,
    /// A clock.
    Clock,
    /// To the left.
    Back,
    /// A receiver.
    Phone,
    /// A calendar's leaf.
    Calendar,
    /// A house.
    Home,
    /// A list.
    List,
    /// A person.
    Person,
    /// Several people.
    People,
    /// What somebody said.
    Speech,
    /// An envelope.
    Envelope,
    /// A written sheet.
    Paper,
    /// Coins, one upon another.
    Coins,
    /// Sliders that are set.
    Sliders,
    /// Columns of a chart.
    Bars,
    /// Three dots.
    More,
}

impl Symbol {
    /// The path within a square of 24 × 24, drawn with strokes.
    const fn path(self) -> &'static str {
        match self {
            Symbol::Check => "M5 12.5l4.5 4.5L19 7.5",
            Symbol::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.6v.1",
            Symbol::Warning => "M12 3.5 2.5 20h19zM12 10v4.5M12 17.2v.1",
            Symbol::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
            Symbol::Back => "M14.5 5.5 8 12l6.5 6.5",
            Symbol::Phone => {
                "M7 3.5 4.5 5C4 12.500 11.500 20 19 19.500l1.500-2.500-4-3-2 1.500c-2.500-1-5-3.500-6-6L10 7.500z"
            }
            Symbol::Calendar => "M4 6h16v14H4zM4 10.500h16M8 3.500V7M16 3.500V7",
            Symbol::Home => "M4 11.500 12 4.500l8 7M6 10v9.500h12V10M10 19.500v-5.500h4v5.500",
            Symbol::List => "M4 6.500h16M4 12h16M4 17.500h10",
            Symbol::People => {
                "M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19.500c.4-3.500 3-5 6.500-5s6.100 1.500 6.500 5M16 4.700a3.500 3.500 0 0 1 0 6.600M17.500 14.800c2.300.5 3.700 2 4 4.700"
            }
            Symbol::Speech => "M4 5h16v11h-8.500L7 20v-4H4zM8 9h8M8 12.500h5",
            Symbol::Envelope => "M3.500 5.500h17v13h-17zM3.500 7l8.500 6 8.500-6",
            Symbol::Paper => "M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 15.500h6",
            Symbol::Coins => {
                "M12 9.500c4.400 0 7.500-1.300 7.500-3s-3.100-3-7.500-3-7.500 1.300-7.500 3 3.100 3 7.500 3zM4.500 6.500v11c0 1.700 3.100 3 7.500 3s7.500-1.300 7.500-3v-11M4.500 12c0 1.700 3.100 3 7.500 3s7.500-1.300 7.500-3"
            }
            Symbol::Sliders => "M4 7.500h9M17 7.500h3M4 16.500h3M11 16.500h9M15 5.500v4M9 14.500v4",
            Symbol::Bars => "M4 20.500h16M7 20.500v-7M12 20.500v-14M17 20.500v-10",
            Symbol::More => {
                "M4.200 12a.8.8 0 1 0 1.600 0 .8.8 0 1 0-1.600 0M11.200 12a.8.8 0 1 0 1.600 0 .8.8 0 1 0-1.600 0M18.200 12a.8.8 0 1 0 1.600 0 .8.8 0 1 0-1.600 0"
            }
            Symbol::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.5-4 3.500-6 7.500-6s7 2 7.500 6",
        }
    }
}

/// An icon. It says nothing to screen readers: the word beside it does.
#[component]
pub fn Icon(
    /// What to draw.
    symbol: Symbol,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            {svg::path().attr("d", symbol.path())}
        </svg>
    }
}
