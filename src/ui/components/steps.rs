//! How far a draft has come.

use leptos::prelude::*;

use super::{Icon, Symbol};
use crate::{
    model::{base::ids::RequestId, ordering::drafts::DraftStep, paths},
    ui::texts::t,
};

/// "Krok 2 z 6", with the way back to the step before. Goes into [`super::Page`]'s `before`.
#[component]
pub fn Steps(
    /// The step that is being asked.
    step: DraftStep,
    /// The draft.
    draft: RequestId,
) -> impl IntoView {
    let index = DraftStep::ALL.iter().position(|other| *other == step).unwrap_or_default();
    let number = index + 1;
    let total = DraftStep::ALL.len();
    let back = index.checked_sub(1).map(|before| paths::draft_step(draft, DraftStep::ALL[before]));
    view! {
        <div class="steps">
            {back
                .map(|href| {
                    view! {
                        <a class="steps-back" href=href>
                            <Icon symbol=Symbol::Back/>
                            {t!("steps-back")}
                        </a>
                    }
                })}
            <p class="steps-count">{t!("steps-count", number = number, total = total)}</p>
            <progress class="steps-bar" max=total.to_string() value=number.to_string() aria-hidden="true"></progress>
        </div>
    }
}
