//! Whatever the desk does at the same moment, and whoever dies over it: one thing is made of a mail, and what does not go along is named.

use futures::future::join_all;
use linka::{
    model::{
        base::{
            fields::FieldCode,
            ids::{CustomerId, InboundMailId},
            numbers::RequestNumber,
        },
        problem::Problem,
        work::mail_in::{InboundState, TypedAssignment, WaitReason},
    },
    server::{auth::Desk, db::MIGRATIONS, service::work::mail_in},
};
use sqlx::PgPool;

use super::{Place, Post, desk, sent};

impl Post {
    /// What the desk types for somebody of a place: about a request, or for a new one.
    fn typed(&self, place: &Place, about: Option<RequestNumber>) -> (CustomerId, TypedAssignment) {
        let typed = TypedAssignment {
            member: Some(place.boss.member().expect("a member").id()),
            request: about.map(|number| number.to_string()).unwrap_or_default(),
            program: Some(self.world.program),
            work_type: Some(self.world.repair),
            phone: "601 234 567".to_owned(),
            wanted: String::new(),
        };
        (place.customer, typed)
    }

    async fn assign(
        &self,
        desk: &Desk,
        mail: InboundMailId,
        (customer, typed): &(CustomerId, TypedAssignment),
    ) -> Result<RequestNumber, Problem> {
        mail_in::assign(&self.world.app, desk, mail, *customer, typed).await
    }

    /// How many requests and messages there are of a mail.
    async fn made(&self, mail: InboundMailId) -> i64 {
        let made = "(select count(*) from service_request where id = i.key) + (select count(*) from request_event where key = i.key)";
        self.world.id(&format!("select {made} from inbound_mail i where id = {mail}")).await
    }

    /// As if whoever has made something of a mail had died before it was written down.
    async fn died_over(&self, mail: InboundMailId) {
        let undone = "state = 'waiting', reason = 'trouble', settled_at = null, request_id = null, decided_by = null";
        self.world.sql(&format!("update inbound_mail set {undone} where id = {mail}")).await;
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn race_of_what_several_make_of_a_mail_one_thing_is_left(pool: PgPool) {
    let post = Post::new(pool).await;
    let other = desk(&post.world).await;
    let ways = [
        post.typed(&post.ours, Some(post.number)),
        post.typed(&post.theirs, Some(post.foreign)),
        post.typed(&post.ours, None),
        post.typed(&post.theirs, None),
    ];
    for round in 0..6 {
        let text = format!("Od rána nejde tisk stravenek, pokus {round}.");
        let mail = post.arrive(&sent::plain("nikdo@jinde.example", "Nejde tisk", &text)).await;
        let who = [&post.desk, &other].into_iter().cycle();
        let outcomes = join_all(ways.iter().zip(who).map(|(way, who)| post.assign(who, mail, way))).await;
        let refused = outcomes.iter().filter(|outcome| **outcome == Err(Problem::Conflict)).count();
        assert_eq!((refused, post.made(mail).await), (3, 1), "{outcomes:?}");
        let page = mail_in::mail(&post.world.app, &post.desk, mail, None, None).await.expect("a page");
        assert_eq!(page.row.request, outcomes.into_iter().find_map(Result::ok));
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_was_begun_is_finished_where_it_went_and_names_what_it_left_out(pool: PgPool) {
    let post = Post::new(pool).await;
    let app = &post.world.app;
    let page = async |mail| mail_in::mail(app, &post.desk, mail, None, None).await.expect("a page");
    let as_new = post.typed(&post.ours, None);
    let elsewhere = post.typed(&post.theirs, Some(post.foreign));
    let left_out = ["smlouva.exe".to_owned()];
    for about in [None, Some(post.number)] {
        let letter = sent::with_a_program(&format!("Nejde tisk {about:?}"));
        let mail = post.arrive(&letter).await;
        let number = post.assign(&post.desk, mail, &post.typed(&post.ours, about)).await.expect("assigned");
        assert_eq!(page(mail).await.left_out, left_out);
        post.died_over(mail).await;
        assert_eq!(mail_in::dismiss(app, &post.desk, mail, "Omyl.").await, Err(Problem::Conflict));
        assert_eq!(post.assign(&post.desk, mail, &elsewhere).await, Err(Problem::Conflict));
        let found = page(mail).await;
        assert_eq!(
            (found.row.request, found.left_out.as_slice()),
            (Some(number), &left_out[..]),
            "it is there already"
        );
        assert_eq!(post.made(mail).await, 1);
        // From a page that still shows it as it waited: the same is the same, and another thing is not done.
        assert_eq!(post.assign(&post.desk, mail, &post.typed(&post.ours, about)).await, Ok(number));
        let other = about.map_or_else(|| post.typed(&post.ours, Some(post.number)), |_| as_new.clone());
        assert_eq!(post.assign(&post.desk, mail, &other).await, Err(Problem::Conflict));
    }

    // What was taken for a machine's and is somebody's.
    let away = sent::plain(&post.address_of(&post.ours).await, "Automatická odpověď: Nejde tisk", "Nejde tisk.");
    let mail = post.arrive(&away).await;
    let found = page(mail).await;
    assert_eq!(found.row.state, InboundState::AutoReply);
    assert_eq!(found.found.iter().map(|found| found.customer).collect::<Vec<_>>(), [post.ours.customer]);
    assert_eq!(mail_in::dismiss(app, &post.desk, mail, "Omyl.").await, Err(Problem::Conflict));
    let number = post.assign(&post.desk, mail, &as_new).await.expect("assigned");
    let found = page(mail).await;
    assert_eq!((found.row.state, found.row.request), (InboundState::Request, Some(number)));

    // What says nothing: the desk says it.
    let mail = post.arrive(&sent::plain("nikdo@jinde.example", "", "")).await;
    let found = mail_in::mail(app, &post.desk, mail, None, Some(post.ours.customer)).await.expect("a page");
    assert_eq!(found.row.reason, Some(WaitReason::UnknownSender));
    assert!(found.card.expect("a customer").says_little);
    let (customer, mut typed) = as_new;
    let silent = mail_in::assign(app, &post.desk, mail, customer, &typed).await;
    assert_eq!(silent, Err(Problem::field("wanted", FieldCode::Missing)));
    typed.wanted = "Podle telefonu nejde tisk stravenek.".to_owned();
    mail_in::assign(app, &post.desk, mail, customer, &typed).await.expect("assigned");
    let said = "select count(*) from service_request where what_happened = 'Podle telefonu nejde tisk stravenek.'";
    assert_eq!(post.world.id(said).await, 1);
}
