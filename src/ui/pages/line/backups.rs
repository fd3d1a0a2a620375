//! `/settings/backup`: when the last backup was made, and how one is made.

use leptos::prelude::*;

use crate::{
    api,
    model::line::backups::{BACK_UP, Backup, BackupsPage as Backups, RESTORE},
    ui::{
        self,
        components::{Column, Notice, NoticeKind, Page, Table, loaded},
        format,
        texts::{Locale, t},
    },
};

/// The last backups.
#[component]
pub fn BackupsPage() -> impl IntoView {
    loaded(api::line::backups::backups_page(), |page| view! { <BackupsView page/> })
}

/// The last backups.
#[component]
fn BackupsView(page: Backups) -> impl IntoView {
    let Backups { backups, is_old } = page;
    let locale = Locale::current();
    let title = match backups.first() {
        Some(latest) => t!("backup-title", when = format::on(locale, latest.made_at, ui::now())),
        None => t!("backup-title-none"),
    };
    let notice = match (backups.is_empty(), is_old) {
        (true, _) => Some(t!("backup-none")),
        (false, true) => Some(t!("backup-old")),
        (false, false) => None,
    };
    let notice = notice.map(|text| view! { <Notice kind=NoticeKind::Problem><p>{text}</p></Notice> });
    let list = (!backups.is_empty()).then(|| {
        let rows = backups.into_iter().map(row).collect::<Vec<_>>();
        view! {
            <section aria-labelledby="backups">
                <h2 id="backups">{t!("backup-list")}</h2>
                <Table columns=vec![
                    Column::text(t!("backup-column-when")),
                    Column::text(t!("backup-column-file")),
                    Column::text(t!("backup-column-by")),
                    Column::number(t!("backup-column-size")),
                ]>{rows}</Table>
            </section>
        }
    });
    view! {
        <Page title>
            {notice}
            <section class="card" aria-labelledby="how">
                <h2 id="how">{t!("backup-how")}</h2>
                <p>{t!("backup-how-make")}</p>
                <p><code>{BACK_UP}</code></p>
                <p>{t!("backup-how-restore")}</p>
                <p><code>{RESTORE}</code></p>
            </section>
            {list}
        </Page>
    }
}

fn row(backup: Backup) -> impl IntoView {
    let locale = Locale::current();
    let by = if backup.made_by.is_empty() { "–".to_owned() } else { backup.made_by };
    view! {
        <tr>
            <th scope="row">{format::moment(locale, backup.made_at)}</th>
            <td data-label=t!("backup-column-file")>{backup.file}</td>
            <td data-label=t!("backup-column-by")>{by}</td>
            <td class="number" data-label=t!("backup-column-size")>{format::file_size(locale, backup.bytes)}</td>
        </tr>
    }
}
