//! What is left of a pool of minutes.

use leptos::prelude::*;

use super::{Hatch, fill, percent};

/// What is left of a pool: free minutes solid, those kept for agreed appointments hatched, used ones empty.
///
/// Screen readers do not hear of it: the words beside it say the same.
#[component]
pub fn Meter(
    /// Its id; one per page.
    #[prop(into)]
    id: String,
    /// Minutes credited.
    granted: u32,
    /// Minutes left.
    left: u32,
    /// Of those, how many the agreed appointments will probably take.
    reserved: u32,
) -> impl IntoView {
    let free = left.saturating_sub(reserved);
    let kept = (reserved > 0).then(|| {
        view! {
            <defs>
                <Hatch id=id.clone() class="hatch-kept"/>
            </defs>
            <rect x=percent(free, granted) width=percent(reserved, granted) height="100%" fill=fill(&id)/>
        }
    });
    view! {
        <svg class="meter" width="100%" height="16" aria-hidden="true" focusable="false">
            <rect class="meter-ground" width="100%" height="100%"/>
            <rect class="meter-left" width=percent(free, granted) height="100%"/>
            {kept}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::Meter;

    #[test]
    fn what_is_kept_is_part_of_what_is_left() {
        let html = Owner::new().with(|| view! { <Meter id="a" granted=300 left=150 reserved=45/> }.to_html());
        assert!(html.contains(r#"class="meter-left" width="35.00%""#), "{html}");
        assert!(html.contains(r#"x="35.00%" width="15.00%""#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
