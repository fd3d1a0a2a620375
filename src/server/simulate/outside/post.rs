//! A mail server (RFC 5321) that takes whatever comes, and remembers it by its Message-ID. In a bad hour it takes nothing.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// The mail server; cheap to clone.
#[derive(Clone)]
pub(in crate::server::simulate) struct Post(Arc<Inner>);

struct Inner {
    addr: SocketAddr,
    is_down: AtomicBool,
    taken: Mutex<Vec<String>>,
}

impl Post {
    /// Opens it, in a good hour.
    pub async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let inner = Inner { addr: listener.local_addr()?, is_down: AtomicBool::new(false), taken: Mutex::default() };
        let post = Self(Arc::new(inner));
        let serving = Arc::downgrade(&post.0);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Nobody is served after the end of the season.
                let Some(inner) = serving.upgrade() else { return };
                tokio::spawn(async move { drop(serve(stream, &inner).await) });
            }
        });
        Ok(post)
    }

    pub fn addr(&self) -> SocketAddr {
        self.0.addr
    }

    pub fn set_down(&self, is_down: bool) {
        self.0.is_down.store(is_down, Ordering::Relaxed);
    }

    pub fn is_down(&self) -> bool {
        self.0.is_down.load(Ordering::Relaxed)
    }

    /// The Message-IDs of what it has taken, in that order.
    pub fn taken(&self) -> Vec<String> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(stream: TcpStream, inner: &Inner) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 post.example\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let word = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "QUIT" => b"221 bye\r\n",
            "MAIL" if inner.is_down.load(Ordering::Relaxed) => b"451 later\r\n",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut id = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    if let Some(said) = line.strip_prefix("Message-ID: ").filter(|_| id.is_empty()) {
                        said.clone_into(&mut id);
                    }
                }
                inner.taken.lock().unwrap_or_else(PoisonError::into_inner).push(id);
                b"250 taken\r\n"
            }
            _ => b"250 well\r\n",
        };
        write.write_all(answer).await?;
        if word == "QUIT" {
            break;
        }
    }
    Ok(())
}
