//! How far a draft has come.

use leptos::prelude::*;

use super::{Icon, Symbol};
use crate::{
    model::{base::ids::RequestId, line::catalogue::SlotChoice, ordering::drafts::DraftStep, paths},
    ui::texts::t,
};

/// "Krok 2 z 3", with the way back to the step before. Goes into [`super::Page`]'s `before`.
#[component]
pub fn Steps(
    /// The step that is being asked.
    step: DraftStep,
    /// The draft.
    draft: RequestId,
    /// Who chooses the time, once that is known: what dispatch chooses is no step.
    #[prop(default = SlotChoice::Customer)]
    choice: SlotChoice,
) -> impl IntoView {
    let steps: Vec<DraftStep> = DraftStep::of(choice).collect();
    let index = steps.iter().position(|other| *other == step).unwrap_or_default();
    let number = index + 1;
    let total = steps.len();
    let back = index.checked_sub(1).and_then(|before| steps.get(before)).map(|step| paths::draft_step(draft, *step));
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
