//! The portal served over real HTTP from a test's database.

use std::{net::SocketAddr, path::PathBuf};

use axum::Router;
use linka::server::{app::App, http};
use reqwest::{Client, Method, header, redirect::Policy};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// A running portal.
pub struct Site {
    pub origin: String,
    client: Client,
    _files: TempDir,
}

/// What it answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub headers: header::HeaderMap,
    pub body: String,
}

impl Site {
    /// Serves an application until the test ends.
    pub async fn serve(app: App) -> Self {
        Self::serve_with(app, |router| router).await
    }

    /// The same, with something of the test's around it.
    pub async fn serve_with(app: App, around: impl FnOnce(Router) -> Router) -> Self {
        let files = site_files();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (site_root, hash_file) = paths(&files);
        let leptos = http::site_options(address, &site_root, &hash_file);
        let service = around(http::router(app, leptos)).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self::at(format!("http://{address}"), files)
    }

    /// A portal that somebody else serves.
    pub fn at(origin: String, files: TempDir) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { origin, client, _files: files }
    }

    /// Opens a page as a browser does.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.try_send(Method::GET, path, cookie, None).await.expect("an answer")
    }

    /// Sends a plain form for the server function at `path` as a browser does that stands on `page`. One that is refused comes back
    /// there.
    pub async fn post(&self, path: &str, cookie: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, cookie, page, fields).await.expect("an answer")
    }

    /// As [`Site::post`], for a portal that may be killed meanwhile.
    pub async fn try_post(
        &self,
        path: &str,
        cookie: &str,
        page: &str,
        fields: &[(&str, &str)],
    ) -> reqwest::Result<Answer> {
        let mut form: Vec<(&str, &str)> = fields.to_vec();
        form.push(("call", path));
        let form = serde_urlencoded::to_string(&form).expect("a form");
        let answer = self.try_send(Method::POST, page, cookie, Some(form)).await?;
        let is_refused = |to: &&str| to.contains("kept=") && to.split('?').next() == page.split('?').next();
        match answer.location.as_deref().filter(is_refused) {
            Some(page) => self.try_send(Method::GET, page, cookie, None).await,
            None => Ok(answer),
        }
    }

    async fn try_send(
        &self,
        method: Method,
        path: &str,
        cookie: &str,
        form: Option<String>,
    ) -> reqwest::Result<Answer> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin))
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header("sec-fetch-site", "same-origin");
        if !cookie.is_empty() {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(form) = form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        }
        self.send(request).await
    }

    /// A request of one's own making.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin))
    }

    /// Sends it.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
        let response = request.send().await?;
        let headers = response.headers().clone();
        Ok(Answer {
            status: response.status().as_u16(),
            location: headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned),
            headers,
            body: response.text().await?,
        })
    }
}

/// What stands for the built site where no browser is involved.
pub fn site_files() -> TempDir {
    let files = TempDir::new().expect("a directory");
    std::fs::create_dir_all(files.path().join("site/pkg")).expect("a directory");
    std::fs::write(files.path().join("hash.txt"), "js: none\nwasm: none\ncss: none\n").expect("a file");
    files
}

/// Where those files are, for a server that is another process.
pub fn paths(files: &TempDir) -> (PathBuf, PathBuf) {
    (files.path().join("site"), files.path().join("hash.txt"))
}
