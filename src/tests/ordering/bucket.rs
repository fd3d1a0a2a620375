//! Files in a bucket: a small S3 that believes no signature, and what a crash, an erasure and an outage leave behind.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use linka::{
    model::{
        base::{
            ids::{AttachmentId, RequestId},
            terms::Urgency,
        },
        problem::Problem,
    },
    server::{
        db::MIGRATIONS,
        files::{Bucket, BucketArgs, Files},
        service::{
            ordering::attachments::{self, About},
            people::own_data,
        },
    },
};
use sha2::{Digest, Sha256};
use sqlx::PgPool;

use crate::support::{Place, World};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const REGION: &str = "eu-central-1";
const LOG: &[u8] = b"chyba 13";

/// A bucket named `linka`, in memory.
#[derive(Clone, Default)]
struct Store {
    objects: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    is_away: Arc<AtomicBool>,
}

impl Store {
    async fn serve(&self, secret: &str) -> Bucket {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/linka", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Bucket::new(&BucketArgs { address: &address, region: REGION, key: KEY, secret }).expect("a bucket")
    }

    fn held(&self) -> Vec<Vec<u8>> {
        self.objects.lock().expect("the objects").values().cloned().collect()
    }
}

async fn answer(State(store): State<Store>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if store.is_away.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let told = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let hash = headers.get("x-amz-content-sha256").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if signature(SECRET, &method, &uri, &headers) != told || hash != hex::encode(Sha256::digest(&body)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(name) = uri.path().strip_prefix("/linka/attachments/").map(str::to_owned) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let mut objects = store.objects.lock().expect("the objects");
    match method {
        Method::PUT => {
            objects.insert(name, body.to_vec());
            ([("etag", "\"1\"")], "").into_response()
        }
        Method::GET => match objects.get(&name) {
            Some(content) => ([("etag", "\"1\"")], content.clone()).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::DELETE => {
            objects.remove(&name);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// What the header `authorization` has to be (AWS, Signature Version 4), by what it says is signed.
fn signature(secret: &str, method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = said("authorization");
    let part = |name: &str| told.split([' ', ',']).find_map(|part| part.strip_prefix(name)).unwrap_or_default();
    let (credential, signed) = (part("Credential="), part("SignedHeaders="));
    let scope = credential.split_once('/').map_or("", |(_, scope)| scope);
    let lines: String = signed.split(';').map(|name| format!("{name}:{}\n", said(name).trim())).collect();
    let request = format!(
        "{method}\n{}\n{}\n{lines}\n{signed}\n{}",
        uri.path(),
        uri.query().unwrap_or_default(),
        said("x-amz-content-sha256")
    );
    let hash = hex::encode(Sha256::digest(request.as_bytes()));
    let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{hash}", said("x-amz-date"));
    let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, piece| mac(&key, piece));
    let signature = hex::encode(mac(&key, &text));
    format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={signed}, Signature={signature}")
}

/// The example of AWS's own documentation (Signature Calculations for the Authorization Header, GET Object).
#[test]
fn the_judge_of_signatures_judges_as_amazon_does() {
    let told = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
                SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
                Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("host", "examplebucket.s3.amazonaws.com"),
        ("range", "bytes=0-9"),
        ("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("x-amz-date", "20130524T000000Z"),
        ("authorization", told),
    ] {
        headers.insert(name, value.parse().expect("a header"));
    }
    assert_eq!(signature(SECRET, &Method::GET, &Uri::from_static("/test.txt"), &headers), told);
}

/// A customer with an order to which files go, and a portal with a bucket.
struct Scene {
    world: World,
    place: Place,
    order: RequestId,
    store: Store,
}

impl Scene {
    async fn new(pool: PgPool) -> Self {
        let store = Store::default();
        let mut world = World::new(pool).await;
        world.app.files = Files::new(None).kept_in(store.serve(SECRET).await);
        world.technicians(1, "07:00", "15:30").await;
        let place = world.place("Škola").await;
        let orderer = place.boss.may_order().expect("an orderer");
        let order = world.order(&orderer, Urgency::Normal).await;
        Self { world, place, order, store }
    }

    async fn keep(&self) -> Result<AttachmentId, Problem> {
        let about = About::Draft(self.order);
        attachments::keep(&self.world.app, &self.place.boss, about, ("tisk.log", LOG.to_vec())).await
    }

    /// Sends the order, with what was kept for it.
    async fn send(&self) {
        let orderer = self.place.boss.may_order().expect("an orderer");
        let start = self.world.starts(&orderer, self.order).await[0];
        self.world.book(&orderer, self.order, start).await.expect("sent");
    }

    async fn open(&self, file: AttachmentId) -> Result<Vec<u8>, Problem> {
        attachments::file(&self.world.app, &self.place.boss, file).await.map(|(_, content)| content)
    }

    async fn sweep(&self) -> Result<(), Problem> {
        attachments::sweep(&self.world.app).await
    }

    async fn rows(&self, table: &'static str) -> i64 {
        let count = match table {
            "attachment" => "select count(*) from attachment",
            _ => "select count(*) from bucket_object",
        };
        self.world.id(count).await
    }
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_file_in_a_bucket_is_its_readers_and_no_byte_of_it_is_in_the_database(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let id = scene.keep().await.expect("kept");
    scene.send().await;
    assert_eq!(scene.world.id("select count(*) from attachment where content is null and bytes = 8").await, 1);
    assert_eq!(scene.store.held(), [LOG]);
    assert_eq!(scene.open(id).await.as_deref(), Ok(LOG));
    let stranger = scene.world.place("Jídelna").await.boss;
    let foreign = attachments::file(&scene.world.app, &stranger, id).await;
    assert_eq!(foreign.map(drop), Err(Problem::NotFound));
    let archive = own_data::archive(&scene.world.app, &scene.place.boss).await.expect("an archive");
    let archive = zip::ZipArchive::new(archive).expect("an archive");
    let names: Vec<_> = archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect();
    assert!(names.contains(&format!("attachments/{id}.txt")), "it is theirs to take along: {names:?}");
    // Somebody else's hand in the bucket.
    scene.store.objects.lock().expect("the objects").values_mut().for_each(|content| *content = b"<script>".to_vec());
    assert_eq!(scene.open(id).await, Err(Problem::NotFound), "what was not looked into is not given out");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whatever_dies_between_bucket_and_database_is_seen_by_nobody_and_swept(pool: PgPool) {
    let scene = Scene::new(pool).await;
    // The object is there, and the process dies before its row is.
    scene.world.sql("alter table attachment add constraint dies check (name <> 'tisk.txt')").await;
    assert!(scene.keep().await.is_err());
    scene.world.sql("alter table attachment drop constraint dies").await;
    assert_eq!((scene.store.held().len(), scene.rows("attachment").await), (1, 0));
    scene.sweep().await.expect("swept");
    assert_eq!(scene.store.held().len(), 1, "it may still be on its way");
    let kept = scene.keep().await.expect("kept");
    scene.send().await;
    // A message that never came: kept, and belonging to none.
    scene.world.app.clock.advance(TimeDelta::minutes(61));
    scene.store.is_away.store(true, Ordering::SeqCst);
    assert!(scene.sweep().await.is_err(), "the bucket is away");
    assert_eq!(scene.rows("bucket_object").await, 2, "what is not deleted is not forgotten");
    scene.store.is_away.store(false, Ordering::SeqCst);
    for _ in 0..2 {
        scene.sweep().await.expect("swept");
        assert_eq!((scene.store.held().len(), scene.rows("bucket_object").await), (1, 1));
    }
    assert_eq!(scene.open(kept).await.as_deref(), Ok(LOG), "what a message has stays");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_is_erased_or_taken_back_leaves_the_bucket(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.keep().await.expect("kept");
    let orderer = scene.place.boss.may_order().expect("an orderer");
    attachments::drop_of_draft(&scene.world.app, &orderer, scene.order).await.expect("taken back");
    scene.keep().await.expect("kept");
    assert_eq!((scene.store.held().len(), scene.rows("attachment").await), (2, 1), "one was taken back");
    // As an erasure does it.
    scene.world.sql("delete from attachment").await;
    scene.world.app.clock.advance(TimeDelta::minutes(61));
    scene.sweep().await.expect("swept");
    assert_eq!((scene.store.held().len(), scene.rows("bucket_object").await), (0, 0));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_bucket_that_is_away_or_refuses_loses_nothing(pool: PgPool) {
    let mut scene = Scene::new(pool).await;
    let id = scene.keep().await.expect("kept");
    scene.send().await;
    scene.store.is_away.store(true, Ordering::SeqCst);
    assert!(matches!(scene.open(id).await, Err(Problem::Busy { .. })));
    scene.store.is_away.store(false, Ordering::SeqCst);
    let bucket = scene.store.serve("another key").await;
    let right = std::mem::replace(&mut scene.world.app.files, Files::new(None).kept_in(bucket));
    assert!(matches!(scene.open(id).await, Err(Problem::Busy { .. })), "a signature that does not hold");
    scene.world.app.files = Files::new(None);
    assert!(attachments::lacks_bucket(&scene.world.app).await.expect("asked"), "a start without it is refused");
    assert!(matches!(scene.open(id).await, Err(Problem::Busy { .. })));
    scene.world.app.files = right;
    assert!(!attachments::lacks_bucket(&scene.world.app).await.expect("asked"));
    assert_eq!(scene.open(id).await.as_deref(), Ok(LOG));
}
