//! `/work/texts`: a technician's own blocks of text for reports; and how they come into one.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::{
    api,
    model::{
        base::ids::ReportBlockId,
        paths,
        problem::Problem,
        work::report_blocks::{ReportBlock, ReportBlocksPage as View},
    },
    ui::{
        components::{
            ButtonKind, ButtonLink, EmptyState, Endpoint, Form, Hidden, Notice, Page, Submit, TextArea, TextField,
            WayBack, loaded,
        },
        forms,
        islands::InsertBlocks,
        texts::t,
    },
};

/// All blocks of the technician.
#[component]
pub fn ReportBlocksPage() -> impl IntoView {
    loaded(api::work::report_blocks::report_blocks_page(), |page| view! { <Blocks page/> })
}

#[component]
fn Blocks(page: View) -> impl IntoView {
    let deleted = page.deleted.map(|block| {
        view! {
            <Notice title=t!("blocks-deleted", title = block.title.as_str())>
                <Form action={Endpoint::of::<api::work::report_blocks::RestoreReportBlock>()}>
                    <Hidden name="block" value=block.id.to_string()/>
                    <Submit label=t!("blocks-restore") kind=ButtonKind::Secondary/>
                </Form>
            </Notice>
        }
    });
    let last = page.blocks.len().saturating_sub(1);
    let rows = page
        .blocks
        .into_iter()
        .enumerate()
        .map(|(place, block)| view! { <Row block place is_last=place == last/> })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! {
            <EmptyState title=t!("blocks-none")>
                <p>{t!("blocks-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <Page title=t!("blocks-title") lead=t!("blocks-lead")>
            {deleted}
            {list}
            <p class="actions">
                <ButtonLink href=paths::NEW_REPORT_BLOCK label=t!("blocks-add")/>
            </p>
        </Page>
    }
}

#[component]
fn Row(
    block: ReportBlock,
    /// At which place it stands, from 0 on.
    place: usize,
    is_last: bool,
) -> impl IntoView {
    let id = block.id;
    let about = block.title.clone();
    let step = move |is_up: bool, label: String, about: String| {
        view! {
            <Form action={Endpoint::of::<api::work::report_blocks::StepReportBlock>()}>
                <Hidden name="block" value=id.to_string()/>
                <Hidden name="place" value=place.to_string()/>
                <Hidden name="up" value=is_up.to_string()/>
                <Submit label kind=ButtonKind::Quiet about/>
            </Form>
        }
    };
    let up = (place > 0).then(|| step(true, t!("blocks-up"), about.clone()));
    let down = (!is_last).then(|| step(false, t!("blocks-down"), about.clone()));
    view! {
        <li class="row">
            <div>
                <p class="row-title">
                    <a href=paths::report_block(id)>{block.title}</a>
                </p>
                <p class="typed">{block.body}</p>
                <div class="actions">
                    {up} {down}
                    <Form action={Endpoint::of::<api::work::report_blocks::DeleteReportBlock>()}>
                        <Hidden name="block" value=id.to_string()/>
                        <Submit label=t!("blocks-delete") kind=ButtonKind::Quiet about/>
                    </Form>
                </div>
            </div>
        </li>
    }
}

/// One block, or a new one.
#[component]
pub fn ReportBlockPage() -> impl IntoView {
    let named = use_params_map().with_untracked(|params| params.get("block")).unwrap_or_default();
    loaded(load(named), |(block, key)| view! { <BlockForm block key/> })
}

async fn load(named: String) -> Result<(Option<ReportBlock>, Uuid), Problem> {
    let block = match named.as_str() {
        "new" => None,
        named => {
            let id: ReportBlockId = named.parse().map_err(|_| Problem::NotFound)?;
            Some(api::work::report_blocks::report_block(id).await?)
        }
    };
    Ok((block, api::ordering::requests::form_key().await?))
}

#[component]
fn BlockForm(block: Option<ReportBlock>, key: Uuid) -> impl IntoView {
    let of_new = block.is_none();
    let title = if of_new { t!("blocks-new-title") } else { t!("blocks-edit-title") };
    let id = block.as_ref().map(|block| view! { <Hidden name="block" value=block.id.to_string()/> });
    let (name, body) = block.as_ref().map(|block| (block.title.clone(), block.body.clone())).unwrap_or_default();
    view! {
        <Page title>
            <Form action={Endpoint::of::<api::work::report_blocks::SaveReportBlock>()}>
                {id}
                <Hidden name="key" value=key.to_string()/>
                <TextField name="block_title" label=t!("blocks-name") hint=t!("blocks-name-hint") value=name/>
                <TextArea name="block_body" label=t!("blocks-body") hint=t!("blocks-body-hint") value=body/>
                <div class="actions">
                    <Submit label=t!("blocks-save")/>
                    <WayBack href=paths::REPORT_BLOCKS of_new/>
                </div>
            </Form>
        </Page>
    }
}

/// The block that the form was sent with, to be put at the end of the report.
pub(super) fn inserted(blocks: &[ReportBlock]) -> String {
    let named = forms::returned().and_then(|form| form.values.get("insert")?.parse::<ReportBlockId>().ok());
    blocks.iter().find(|block| Some(block.id) == named).map(|block| block.body.clone()).unwrap_or_default()
}

/// The buttons that put a block into the report: sent, the form comes back with it at the end; with script it stands where the
/// caret is. Last in the form, so that no key but a button's presses one.
#[component]
pub(super) fn InsertButtons(blocks: Vec<ReportBlock>) -> impl IntoView {
    let is_empty = blocks.is_empty();
    let buttons = blocks
        .into_iter()
        .map(|block| {
            view! {
                <button
                    type="submit"
                    class="button button-secondary"
                    name="insert"
                    value=block.id.to_string()
                    data-text=block.body
                >
                    {block.title}
                </button>
            }
        })
        .collect::<Vec<_>>();
    let list = (!is_empty).then(|| {
        view! {
            <fieldset>
                <legend>{t!("blocks-insert")}</legend>
                <div class="kind-list">{buttons}</div>
            </fieldset>
            <InsertBlocks/>
        }
    });
    let own = if is_empty { t!("blocks-begin") } else { t!("blocks-own") };
    view! {
        {list}
        <p class="aside">
            <a href=paths::REPORT_BLOCKS>{own}</a>
        </p>
    }
}
