//! Times and estimates.

use leptos::prelude::*;

use super::{Group, samples};
use crate::ui::components::{EstimateBar, EstimateBox, SlotPicker};

#[component]
pub fn Slots() -> impl IntoView {
    view! {
        <Group title="SlotPicker">
            <SlotPicker days=samples::normal_days()/>
            <hr/>
            <SlotPicker days=samples::urgent_days()/>
            <hr/>
            <SlotPicker days=samples::normal_days() held=Some(samples::slot(25, 8, 45))/>
            <hr/>
            <SlotPicker days=Vec::new()/>
        </Group>
    }
}

#[component]
pub fn Estimates() -> impl IntoView {
    let boxes = samples::estimates().map(|estimate| view! { <EstimateBox estimate/> });
    let bars = samples::estimates().map(|estimate| view! { <EstimateBar estimate/> });
    view! {
        <Group title="EstimateBox">{boxes}</Group>
        <Group title="EstimateBar">{bars}</Group>
    }
}
