//! Signing in by another provider: a stub of one that signs what it is told to, and what of that is believed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use chrono::TimeDelta;
use linka::{
    model::{
        people::{links::LinkKind, members::StaffRole, providers::Rule},
        problem::Problem,
    },
    server::{
        auth::tokens::{hmac_sha256, sha256},
        db::MIGRATIONS,
        jobs,
        oidc::Oidc,
        service::people::{
            accounts, links,
            providers::{self, Begun},
        },
    },
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{
    links::mailed,
    sign_in::{PASSWORD, client, world},
};
use crate::support::{Site, World};

/// A code that was given out, and what it is good for.
struct Granted {
    challenge: String,
    claims: Value,
    by: SigningKey,
}

#[derive(Clone)]
struct Stub {
    issuer: String,
    key: SigningKey,
    granted: Arc<Mutex<BTreeMap<String, Granted>>>,
}

impl Stub {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let stub = Self { issuer, key: key(7), granted: Arc::default() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    fn oidc(&self) -> Oidc {
        let settings = json!([{
            "key": "stub", "name": "Stub", "issuer": self.issuer, "client_id": "linka", "secret": "secret",
        }]);
        Oidc::new(&settings.to_string()).expect("settings")
    }

    /// Lets somebody sign in who was sent here: the code, and the state. What is said of them is as a provider says it, but for what
    /// a test changes.
    fn sign_in(&self, world: &World, address: &str, changed: &Value, by: &SigningKey) -> (String, String) {
        let query: BTreeMap<String, String> =
            serde_urlencoded::from_str(address.split_once('?').expect("a query").1).expect("a query");
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["response_type"], "code");
        let now = world.app.clock.now().timestamp();
        let mut claims = json!({
            "iss": self.issuer, "aud": "linka", "sub": "person-1", "iat": now, "exp": now + 300,
            "nonce": query["nonce"], "email_verified": true,
        });
        for (name, value) in changed.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        let code = world.app.random.uuid().to_string();
        let granted = Granted { challenge: query["code_challenge"].clone(), claims, by: by.clone() };
        self.granted.lock().expect("codes").insert(code.clone(), granted);
        (code, query["state"].clone())
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).expect("a key")
}

async fn configuration(State(stub): State<Stub>) -> Json<Value> {
    Json(json!({
        "issuer": stub.issuer,
        "authorization_endpoint": format!("{}/authorize", stub.issuer),
        "token_endpoint": format!("{}/token", stub.issuer),
        "jwks_uri": format!("{}/keys", stub.issuer),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(stub): State<Stub>) -> Json<Value> {
    let point = stub.key.verifying_key().to_encoded_point(false);
    let part = |bytes: Option<&[u8]>| Base64UrlUnpadded::encode_string(bytes.expect("a point"));
    let (x, y) = (part(point.x().map(|x| &x[..])), part(point.y().map(|y| &y[..])));
    Json(json!({ "keys": [
        { "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "1", "x": x, "y": y },
    ] }))
}

/// Gives a token for a code once, to who asked for it (RFC 7636).
async fn token(State(stub): State<Stub>, Form(asked): Form<BTreeMap<String, String>>) -> Response {
    let granted = stub.granted.lock().expect("codes").remove(&asked["code"]);
    let challenge = Base64UrlUnpadded::encode_string(&sha256(asked["code_verifier"].as_bytes()));
    let Some(granted) = granted.filter(|granted| granted.challenge == challenge) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let part = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
    let algorithm = granted.claims["alg"].as_str().unwrap_or("ES256");
    let signed = format!("{}.{}", part(&json!({ "alg": algorithm, "kid": "1" })), part(&granted.claims));
    let signature = match algorithm {
        "none" => Vec::new(),
        "HS256" => hmac_sha256(b"secret", signed.as_bytes()).to_vec(),
        _ => {
            let signature: Signature = granted.by.sign(signed.as_bytes());
            signature.to_bytes().to_vec()
        }
    };
    let token = format!("{signed}.{}", Base64UrlUnpadded::encode_string(&signature));
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": token })).into_response()
}

/// A world with a provider, and the address of somebody who signs in there.
async fn scene(pool: PgPool) -> (World, Stub, String) {
    let (mut world, _, email) = world(pool).await;
    let stub = Stub::start().await;
    world.app.oidc = stub.oidc();
    (world, stub, email)
}

/// Begins, signs in there with what is said, and comes back.
async fn comes_back(
    world: &World,
    stub: &Stub,
    said: &Value,
    by: &SigningKey,
) -> (Begun, String, String, Result<(), Problem>) {
    let (begun, address) = providers::begin(&world.app, "stub").await.expect("begun");
    let (code, state) = stub.sign_in(world, &address, said, by);
    let outcome = providers::sign_in(&world.app, &client(None), "stub", &begun, (&code, &state)).await.map(drop);
    (begun, code, state, outcome)
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn whom_a_provider_vouches_for_is_signed_in_and_known_by_more_than_the_address(pool: PgPool) {
    let (world, stub, email) = scene(pool).await;
    let said = json!({ "email": email.to_uppercase() });
    assert_eq!(comes_back(&world, &stub, &said, &stub.key).await.3, Ok(()));
    let moved = json!({ "email": "jina@example.com" });
    assert_eq!(comes_back(&world, &stub, &moved, &stub.key).await.3, Ok(()), "the same person there is the same here");
    assert_eq!(world.id("select count(*) from session").await, 2);
    assert_eq!(world.id("select count(*) from provider_identity").await, 1);
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn what_does_not_hold_signs_nobody_in(pool: PgPool) {
    let (world, stub, email) = scene(pool).await;
    let past = world.app.clock.now().timestamp() - 1;
    for (what, changed) in [
        ("another issuer", json!({ "iss": "https://elsewhere.example" })),
        ("another nonce", json!({ "nonce": "of another browser" })),
        ("no nonce", json!({ "nonce": null })),
        ("another audience", json!({ "aud": "somebody else" })),
        ("a token that is over", json!({ "exp": past })),
        ("an address that nobody vouches for", json!({ "email_verified": false })),
        ("an address of nobody's", json!({ "email": "nikdo@example.com" })),
        ("no address", json!({ "email": null })),
        ("no signature", json!({ "alg": "none" })),
        ("another way to sign, by what both know", json!({ "alg": "HS256" })),
    ] {
        let mut said = json!({ "email": email });
        for (name, value) in changed.as_object().expect("claims") {
            said[name] = value.clone();
        }
        assert_eq!(comes_back(&world, &stub, &said, &stub.key).await.3, Err(Problem::ProviderRefused), "{what}");
    }
    let said = json!({ "email": email });
    assert_eq!(comes_back(&world, &stub, &said, &key(8)).await.3, Err(Problem::ProviderRefused), "another key");
    assert_eq!(world.id("select count(*) from session").await, 0);
    assert_eq!(comes_back(&world, &stub, &said, &stub.key).await.3, Ok(()), "and what holds does");
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_answer_counts_once_in_the_browser_that_asked_and_soon(pool: PgPool) {
    let (world, stub, email) = scene(pool).await;
    let said = json!({ "email": email });
    let (begun, code, state, first) = comes_back(&world, &stub, &said, &stub.key).await;
    assert_eq!(first, Ok(()));
    let bring = async |begun: &Begun, code: &str, state: &str| {
        providers::sign_in(&world.app, &client(None), "stub", begun, (code, state)).await.map(drop)
    };
    let refused = Err(Problem::ProviderRefused);
    assert_eq!(bring(&begun, &code, &state).await, refused, "the same answer again");
    let begins = async || providers::begin(&world.app, "stub").await.expect("begun");

    let (other, _) = begins().await;
    let (begun, address) = begins().await;
    let (code, state) = stub.sign_in(&world, &address, &said, &stub.key);
    assert_eq!(bring(&other, &code, &state).await, refused, "an answer that was slipped into another browser");
    assert_eq!(bring(&begun, &code, "").await, refused, "without its state");
    world.app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(bring(&begun, &code, &state).await, refused, "too late");
    // The code of somebody else: who brings it did not ask for it.
    let (_, address) = begins().await;
    let (theirs, _) = stub.sign_in(&world, &address, &said, &stub.key);
    let (begun, address) = begins().await;
    let (_, state) = stub.sign_in(&world, &address, &said, &stub.key);
    assert_eq!(bring(&begun, &theirs, &state).await, refused, "a code of another browser");
    assert_eq!(providers::begin(&world.app, "none").await.map(drop), Err(Problem::NotFound));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn an_organisation_s_addresses_sign_in_by_its_provider_only(pool: PgPool) {
    let (mut world, stub, email) = scene(pool).await;
    let manager = world.staff(StaffRole::Manager).await.manager().expect("a manager");
    let rule = Rule { domain: "@Example.com".into(), provider: "stub".into() };
    providers::require(&world.app, &manager, &rule).await.expect("required");
    let required = Err(Problem::ProviderRequired { name: "Stub".into() });
    let by_password =
        async |world: &World, password| accounts::sign_in(&world.app, &client(None), &email, password).await.map(drop);
    assert_eq!(
        by_password(&world, "spatne heslo 1234").await,
        Err(Problem::SignInFailed),
        "who knows nothing learns nothing"
    );
    assert_eq!(by_password(&world, PASSWORD).await, required);
    links::ask(&world.app, &client(None), &email, LinkKind::SignIn).await.expect("asked");
    jobs::run_due(&world.app).await.expect("the queue");
    let token = mailed(&world, "sign_in_link").await.remove(0);
    assert_eq!(links::sign_in(&world.app, &client(None), &token).await.map(drop), required);
    let said = json!({ "email": email });
    assert_eq!(comes_back(&world, &stub, &said, &stub.key).await.3, Ok(()));

    let page = providers::page(&world.app, &manager).await.expect("a page");
    assert_eq!(page.rules, [Rule { domain: "example.com".into(), provider: "stub".into() }]);
    let audited = "select count(*) from audit_entry where subject = 'required_provider'";
    assert_eq!(world.id(audited).await, 1);
    let oidc = std::mem::take(&mut world.app.oidc);
    assert_eq!(by_password(&world, PASSWORD).await, Ok(()), "one that is not set up any more locks nobody out");
    world.app.oidc = oidc;
    for _ in 0..2 {
        providers::release(&world.app, &manager, "example.com").await.expect("released");
    }
    assert_eq!(by_password(&world, PASSWORD).await, Ok(()));
}

#[sqlx::test(migrator = "MIGRATIONS")]
async fn a_browser_goes_to_the_provider_and_comes_back_to_the_page_that_was_wanted(pool: PgPool) {
    let (world, stub, email) = scene(pool).await;
    let site = Site::serve(world.app.clone()).await;
    assert!(site.get("/sign-in?next=/usage", "").await.body.contains("/sign-in/with/stub?next=%2Fusage"));
    let sent = site.get("/sign-in/with/stub?next=/usage", "").await;
    let address = sent.location.expect("the provider");
    assert!(sent.status == 303 && address.starts_with(&format!("{}/authorize?", stub.issuer)), "{address}");
    let cookie = sent.headers["set-cookie"].to_str().expect("ASCII").to_owned();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/sign-in", "Max-Age=600"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let cookie = cookie.split(';').next().expect("a cookie");
    let (code, state) = stub.sign_in(&world, &address, &json!({ "email": email }), &stub.key);
    let back = format!("/sign-in/with/stub/return?code={code}&state={state}");
    assert_eq!(site.get(&back, "").await.status, 401, "without what the browser keeps");
    let signed_in = site.get(&back, cookie).await;
    assert_eq!((signed_in.status, signed_in.location.as_deref()), (303, Some("/usage")));
    let session = signed_in.headers.get_all("set-cookie").iter().find_map(|cookie| {
        let cookie = cookie.to_str().expect("ASCII").split(';').next()?;
        cookie.starts_with("linka=").then(|| cookie.to_owned())
    });
    assert_eq!(site.get("/usage", &session.expect("a session")).await.status, 200);
    assert_eq!(site.get(&back, cookie).await.status, 401, "once");
}
