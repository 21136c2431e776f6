//! The server: one thread that accepts, one per connection, and a script.

use crate::{Ending, Recorded, Reply};
use std::collections::VecDeque;
use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A server on a free port of the loopback interface. Every connection carries one request.
///
/// It lives as long as the process: a test that ends early leaves nothing to wait for.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Reply>,
    requests: Vec<Seen>,
    faults: Vec<String>,
}

#[derive(Debug)]
struct Seen {
    request: Recorded,
    at: Instant,
}

impl Server {
    /// Starts a server that answers the first request with the first reply, and so on. A request
    /// beyond the script is answered with 599, and is recorded like any other.
    ///
    /// # Panics
    ///
    /// If the machine gives no port.
    #[must_use]
    pub fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on the loopback");
        let address = listener.local_addr().expect("the listener is bound");
        let script = script.into_iter().collect();
        let state = Arc::new(Mutex::new(State {
            script,
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || {
                    if let Err(error) = serve(&connection, &shared) {
                        lock(&shared).faults.push(error.to_string());
                    }
                });
            }
        });
        Self { address, state }
    }

    /// A URL of this server.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The `host` header that a client of this server sends.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The requests so far.
    ///
    /// # Panics
    ///
    /// If something came that is not a request.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        let state = lock(&self.state);
        assert!(state.faults.is_empty(), "{:?}", state.faults);
        state
            .requests
            .iter()
            .map(|seen| seen.request.clone())
            .collect()
    }

    /// The only request.
    ///
    /// # Panics
    ///
    /// If there was none, or more than one.
    #[must_use]
    pub fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }

    /// The time between each request and the next.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        let state = lock(&self.state);
        state
            .requests
            .windows(2)
            .map(|pair| pair[1].at - pair[0].at)
            .collect()
    }
}

/// A poisoned lock is a thread that panicked, which its own test reports.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(connection: &TcpStream, state: &Mutex<State>) -> io::Result<()> {
    if let Some(reply) = reset_is_next(state) {
        // Closing a socket that holds unread bytes resets the connection. One byte shows that there
        // are some, and that the client is waiting for an answer.
        connection.peek(&mut [0])?;
        write(connection, &reply)?;
        if !reply.bytes.is_empty() {
            // What was sent is read before the connection breaks.
            thread::sleep(Duration::from_millis(100));
        }
        return Ok(());
    }
    let Some(request) = Recorded::read(&mut BufReader::new(connection))? else {
        return Ok(());
    };
    let reply = {
        let mut state = lock(state);
        state.requests.push(Seen {
            request,
            at: Instant::now(),
        });
        state.script.pop_front()
    };
    let reply = reply.unwrap_or_else(|| Reply::new(599, "text/plain", "beyond the script"));
    // From here on a failure means that the client has left, which some tests are about.
    _ = write(connection, &reply);
    Ok(())
}

/// Takes the next reply off the script if it is a reset.
fn reset_is_next(state: &Mutex<State>) -> Option<Reply> {
    let mut state = lock(state);
    let is_reset = state.script.front()?.ending == Ending::Reset;
    is_reset.then(|| state.script.pop_front()).flatten()
}

fn write(mut connection: &TcpStream, reply: &Reply) -> io::Result<()> {
    connection.write_all(&reply.bytes)?;
    match &reply.ending {
        Ending::Close | Ending::Reset => Ok(()),
        Ending::Hang => connection.read(&mut [0]).map(|_| ()),
        Ending::Drip(bytes, pause) => loop {
            thread::sleep(*pause);
            connection.write_all(bytes)?;
        },
        Ending::Forever(bytes) => loop {
            connection.write_all(bytes)?;
        },
    }
}
