//! A text as a QR code, drawn on the server.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// How much ground there must be around the code, in modules (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// A text as a QR code: dark on light whatever the theme, as cameras want it. Nothing for a text that is too long for one.
#[component]
pub fn QrImage(
    /// What it encodes.
    #[prop(into)]
    text: String,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let side = code.width() + 2 * QUIET;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label focusable="false">
            <rect class="qr-ground" width=side.to_string() height=side.to_string()/>
            <path class="qr-code" d=path(&code)/>
        </svg>
    })
}

/// The dark modules as runs of each row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                path += &format!("M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;

    /// The modules that a path fills, by walking it.
    fn filled(path: &str) -> std::collections::BTreeSet<(usize, usize)> {
        let runs = path.split('M').skip(1).map(|run| {
            let (at, rest) = run.split_once('h').expect("a run");
            let (x, y) = at.split_once(' ').expect("a place");
            let length = rest.split('v').next().expect("a length");
            let number = |text: &str| text.parse::<usize>().expect("a number");
            (number(x), number(y), number(length))
        });
        runs.flat_map(|(x, y, length)| (x..x + length).map(move |x| (x, y))).collect()
    }

    #[test]
    fn every_dark_module_is_drawn_within_a_quiet_zone() {
        let text = "SPD*1.0*ACC:CZ6508000000192000145399+GIBACZPX*AM:3194.40*CC:CZK*X-VS:2026100001";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a code");
        let dark: std::collections::BTreeSet<_> = (0..code.width())
            .flat_map(|y| (0..code.width()).map(move |x| (x, y)))
            .filter(|&place| code[place] == Color::Dark)
            .map(|(x, y)| (x + QUIET, y + QUIET))
            .collect();
        assert_eq!(filled(&path(&code)), dark);
        let html = Owner::new().with(|| view! { <QrImage text label="QR Platba"/> }.to_html());
        let side = code.width() + 2 * QUIET;
        assert!(html.contains(&format!("viewBox=\"0 0 {side} {side}\"")), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
