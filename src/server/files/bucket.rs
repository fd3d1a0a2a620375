//! A bucket for the files that people send, at whoever speaks S3. What is sent there is signed by object_store; it goes through the HTTP
//! and the TLS of the tree, as its own would bring another of each.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::http::Uri;
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, connect},
    rt::TokioExecutor,
};
use object_store::{
    ClientOptions, Error, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpService,
    },
    path::Path,
};
use uuid::Uuid;

use crate::model::ordering::attachments::ATTACHMENT_BYTES_MAX;

/// How long one try may take, a file of the largest included.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How often what was of no avail is tried again, and for how long: somebody waits.
const TRIES: usize = 2;
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest answer that is read: a file, and what little else is said.
const LONGEST: usize = ATTACHMENT_BYTES_MAX + 64 * 1024;
/// Before what objects are called, so that a bucket may hold other things, too.
const FOLDER: &str = "attachments";

/// Where and by which right.
#[derive(Clone)]
pub struct BucketArgs<'a> {
    /// The whole address of the bucket, as `https://s3.eu-central-1.amazonaws.com/linka-files`.
    pub address: &'a str,
    /// The region by which requests are signed.
    pub region: &'a str,
    /// The key's name.
    pub key: &'a str,
    /// The key.
    pub secret: &'a str,
}

/// Why a bucket cannot be used as it is set up.
#[derive(Debug, thiserror::Error)]
pub enum WrongBucket {
    /// What is no address of a bucket.
    #[error("expected https://, a host and the bucket's name; http:// only on this machine")]
    Address,
    /// There is no TLS, or nothing that could be signed.
    #[error("{0}")]
    Client(String),
}

/// What a bucket said, or that it said nothing.
#[derive(Debug, thiserror::Error)]
#[error("the bucket: {0}")]
pub struct BucketTrouble(String);

/// A bucket; cheap to clone.
#[derive(Debug, Clone)]
pub struct Bucket(Arc<AmazonS3>);

impl Bucket {
    /// # Errors
    /// [`WrongBucket`], without the key.
    pub fn new(args: &BucketArgs<'_>) -> Result<Self, WrongBucket> {
        let (endpoint, name) = args.address.trim_end_matches('/').rsplit_once('/').ok_or(WrongBucket::Address)?;
        let site: Uri = endpoint.parse().map_err(|_| WrongBucket::Address)?;
        let host = site.host().ok_or(WrongBucket::Address)?;
        let is_near = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        // What customers entrust goes over no wire that others read.
        let is_safe = match site.scheme_str() {
            Some("https") => true,
            Some("http") => is_near,
            _ => false,
        };
        if name.is_empty() || !is_safe {
            return Err(WrongBucket::Address);
        }
        let store = AmazonS3Builder::new()
            .with_endpoint(endpoint)
            .with_bucket_name(name)
            .with_region(args.region)
            .with_access_key_id(args.key)
            .with_secret_access_key(args.secret)
            .with_allow_http(is_near)
            .with_http_connector(Connector::new().map_err(|error| WrongBucket::Client(error.to_string()))?)
            .with_retry(RetryConfig { max_retries: TRIES, retry_timeout: PATIENCE, ..RetryConfig::default() })
            // Not everybody who speaks S3 deletes many at once, and here it is one.
            .with_disable_bulk_delete(true)
            .build()
            .map_err(|error| WrongBucket::Client(error.to_string()))?;
        Ok(Self(Arc::new(store)))
    }

    /// Keeps an object; once more, it is the same.
    ///
    /// # Errors
    /// When the bucket does not take it.
    pub async fn put(&self, object: Uuid, content: Vec<u8>) -> Result<(), BucketTrouble> {
        self.0.put(&path(object), content.into()).await.map(drop).map_err(trouble)
    }

    /// What an object holds; none that is not there.
    ///
    /// # Errors
    /// When the bucket does not tell.
    pub async fn get(&self, object: Uuid) -> Result<Option<Vec<u8>>, BucketTrouble> {
        let found = match self.0.get(&path(object)).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(content) => Ok(Some(content.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(trouble(error)),
        }
    }

    /// Deletes an object, if it is there.
    ///
    /// # Errors
    /// When the bucket does not do it.
    pub async fn delete(&self, object: Uuid) -> Result<(), BucketTrouble> {
        match self.0.delete(&path(object)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(trouble(error)),
        }
    }
}

fn path(object: Uuid) -> Path {
    Path::from(format!("{FOLDER}/{object}"))
}

fn trouble(error: Error) -> BucketTrouble {
    BucketTrouble(error.to_string())
}

type Client = legacy::Client<HttpsConnector<connect::HttpConnector>, HttpRequestBody>;

/// The HTTP of the tree, for object_store.
#[derive(Clone)]
struct Connector(Client);

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl Connector {
    fn new() -> Result<Self, rustls::Error> {
        let mut http = connect::HttpConnector::new();
        http.enforce_http(false);
        http.set_connect_timeout(Some(TIMEOUT));
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        Ok(Self(legacy::Client::builder(TokioExecutor::new()).build(tls)))
    }
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Connector {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let asked = async {
            let answer =
                self.0.request(request).await.map_err(|error| HttpError::new(HttpErrorKind::Connect, error))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, LONGEST)
                .collect()
                .await
                .map_err(|error| HttpError::new_boxed(HttpErrorKind::Interrupted, error))?;
            Ok(HttpResponse::from_parts(parts, body.to_bytes().into()))
        };
        tokio::time::timeout(TIMEOUT, asked).await.map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, BucketArgs};

    #[tokio::test]
    async fn a_bucket_is_reached_by_tls_or_on_this_machine() {
        let opens = |address| Bucket::new(&BucketArgs { address, region: "eu", key: "k", secret: "s" }).is_ok();
        for right in ["https://s3.example.com/linka", "https://s3.example.com/linka/", "http://127.0.0.1:9000/linka"] {
            assert!(opens(right), "{right}");
        }
        for wrong in ["", "linka", "https://s3.example.com", "http://s3.example.com/linka", "s3://linka/files"] {
            assert!(!opens(wrong), "{wrong}");
        }
    }
}
