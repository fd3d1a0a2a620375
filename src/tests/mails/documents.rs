//! The document that a mail is about goes with it.

use linka::server::{clock::Clock, db::MIGRATIONS, service::upkeep};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool};

use super::sink::{plain, run_due, world};
use crate::support::at;

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_invoice_arrives_as_the_file_that_is_kept(pool: PgPool) {
    let (world, sink) = world(pool).await;
    world.ends_with.faults("receipt");
    let place = world.place("A").await;
    world.work_under_way(&place, 1, 30).await;
    let customer = place.customer;
    world
        .sql(&format!(
            "insert into ledger_entry (customer_id, at, kind, intervention_id, over_minutes, amount, source_kind, source_id)
             select {customer}, '2026-11-20T10:00:00+01:00', 'charge', id, 30, 75000, 'receipt', 'x' from intervention"
        ))
        .await;
    let december = world.with_clock(Clock::manual(at("2026-12-01T00:30:00+01:00")));
    upkeep::invoice_months(&december).await.expect("invoices");
    run_due(&december).await;

    let [mail] = sink.mails().try_into().expect("one mail");
    assert_eq!(plain(&mail.subject), "Faktura 2026300001: zaplaťte 907,50 Kč do 15. 12. 2026");
    assert_eq!(mail.content_type, "multipart/mixed");
    assert_eq!(mail.parts, ["text/plain", "text/html", "image/png"]);
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
    for fact in [
        "Zásahy nad rámec předplacených minut: listopad 2026.",
        "Číslo účtu: 19-2000145399/0800",
        "Variabilní symbol: 2026300001",
        "Splatnost: 15. 12. 2026",
    ] {
        assert!(plain(&mail.text).contains(fact), "{fact} is missing: {}", mail.text);
    }
    let [file] = mail.files.as_slice() else { panic!("{:?}", mail.files) };
    assert_eq!((file.name.as_str(), file.content_type.as_str()), ("faktura-2026300001.pdf", "application/pdf"));
    let kept: Vec<u8> = sqlx::query_scalar(AssertSqlSafe("select content from document_file where format = 'pdf'"))
        .fetch_one(world.app.db.pool())
        .await
        .expect("the file");
    assert_eq!(file.sha256, hex::encode(Sha256::digest(&kept)));
}
