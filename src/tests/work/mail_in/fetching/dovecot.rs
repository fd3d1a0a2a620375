//! A mail server for one test: its folder, its ports, its certificate. It runs as whoever runs the tests; as root, mails are nobody's.

use std::{
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use linka::server::imap::ImapArgs;
use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

const PASSWORD: &str = "tajne";
/// The folder into which mails are moved.
const DONE: &str = "Linka";
/// Where Debian has it, which is in nobody's path but root's.
const PROGRAM: &str = "/usr/sbin/dovecot";
/// Nobody, as Debian counts.
const NOBODY: u32 = 65_534;

pub struct Dovecot {
    server: Child,
    place: TempDir,
    plain: u16,
    tls: u16,
    delivered: AtomicUsize,
}

impl Dovecot {
    pub async fn start() -> Self {
        let place = tempfile::tempdir().expect("a folder");
        fs::set_permissions(place.path(), Permissions::from_mode(0o755)).expect("reachable");
        let (plain, tls) = (free_port(), free_port());
        make_mailbox(place.path());
        make_certificate(place.path());
        fs::write(place.path().join("dovecot.conf"), settings(place.path(), plain, tls)).expect("written");
        let server = Command::new(PROGRAM)
            .arg("-F")
            .arg("-c")
            .arg(place.path().join("dovecot.conf"))
            .stdin(Stdio::null())
            .spawn()
            .expect("Dovecot runs; ./test brings it");
        let dovecot = Self { server, place, plain, tls, delivered: AtomicUsize::new(0) };
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(("127.0.0.1", tls)).await.is_ok() {
                return dovecot;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let log = fs::read_to_string(dovecot.place.path().join("log")).unwrap_or_default();
        panic!("Dovecot does not listen: {log}");
    }

    pub fn port(&self) -> u16 {
        self.plain
    }

    /// Its mailbox by TLS, out of which mails are moved.
    pub fn by_tls(&self) -> ImapArgs {
        ImapArgs {
            imap: format!("imaps://127.0.0.1:{}", self.tls).parse().ok(),
            imap_user: Some("linka".to_owned()),
            imap_password: Some(PASSWORD.to_owned()),
            imap_folder: "INBOX".to_owned(),
            imap_done: Some(DONE.to_owned()),
            imap_ca: Some(self.place.path().join("cert.pem")),
        }
    }

    /// The same without it, as on this machine it may be.
    pub fn plainly(&self) -> ImapArgs {
        let imap = format!("imap://127.0.0.1:{}", self.plain).parse().ok();
        ImapArgs { imap, ..self.by_tls() }
    }

    /// Puts a mail into the mailbox, as a mail server does.
    pub fn deliver(&self, mail: &[u8]) {
        let name = format!("{}.test", self.delivered.fetch_add(1, Ordering::SeqCst));
        let (written, there) = (self.mail().join("tmp").join(&name), self.mail().join("new").join(&name));
        fs::write(&written, mail).and_then(|()| fs::rename(&written, there)).expect("delivered");
    }

    fn mail(&self) -> PathBuf {
        self.place.path().join("mail")
    }

    /// How many mails are in the folder in which they come.
    pub fn waiting(&self) -> usize {
        in_folder(&self.mail()).len()
    }

    /// How many of them are marked as read.
    pub fn seen(&self) -> usize {
        in_folder(&self.mail())
            .iter()
            .filter(|name| name.rsplit(":2,").next().is_some_and(|flags| flags.contains('S')))
            .count()
    }

    /// How many mails were moved away.
    pub fn done(&self) -> usize {
        in_folder(&self.mail().join(format!(".{DONE}"))).len()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Its children end with it, unless it is killed.
        let _ = kill_process(Pid::from_child(&self.server), Signal::TERM);
        let _ = self.server.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn in_folder(folder: &Path) -> Vec<String> {
    let read = |part: &str| fs::read_dir(folder.join(part)).into_iter().flatten().flatten();
    read("new").chain(read("cur")).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn make_mailbox(place: &Path) {
    let mail = place.join("mail");
    for folder in [mail.clone(), mail.join("new"), mail.join("cur"), mail.join("tmp")] {
        fs::create_dir(&folder).expect("a folder");
        if geteuid().is_root() {
            chown(&folder, Some(NOBODY), Some(NOBODY)).expect("nobody's");
        }
    }
}

fn make_certificate(place: &Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(place)
        .stderr(Stdio::null())
        .status();
    assert!(made.expect("openssl runs").success(), "a certificate");
}

fn id(of: &str) -> String {
    let told = Command::new("id").arg(of).arg("-n").output().expect("id");
    String::from_utf8_lossy(&told.stdout).trim().to_owned()
}

fn settings(place: &Path, plain: u16, tls: u16) -> String {
    let (user, group) =
        if geteuid().is_root() { ("nobody".to_owned(), "nogroup".to_owned()) } else { (id("-u"), id("-g")) };
    let (place, done_by) = (place.display(), format!("uid={user} gid={group}"));
    format!(
        "protocols = imap\nlisten = 127.0.0.1\nbase_dir = {place}/run\nstate_dir = {place}/state\nlog_path = {place}/log\n\
         ssl = yes\nssl_cert = <{place}/cert.pem\nssl_key = <{place}/key.pem\ndisable_plaintext_auth = no\nauth_failure_delay = 0\n\
         mail_location = maildir:{place}/mail\nfirst_valid_uid = 1\ndefault_internal_user = {user}\ndefault_login_user = {user}\n\
         default_internal_group = {group}\nservice anvil {{\n chroot =\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n port = {plain}\n }}\n inet_listener imaps {{\n port = {tls}\n }}\n}}\n\
         passdb {{\n driver = static\n args = password={PASSWORD}\n}}\n\
         userdb {{\n driver = static\n args = {done_by} home={place}/mail\n}}\n"
    )
}
