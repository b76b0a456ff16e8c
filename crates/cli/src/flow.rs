//! Parallel work on a stream: bounded memory, results in the order of the input whatever the threads.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::thread;
use std::time::Duration;

/// Items under way per thread.
const WINDOW: usize = 64;

/// Stack of a worker, for sentences that nest without end.
const STACK: usize = 16 << 20;

type Numbered<T> = (usize, T);

/// What [`in_order`] hands to its sink.
pub enum Next<O> {
    /// The next result.
    Result(O),
    /// No result is ready yet: a time to flush.
    Wait,
    /// The work was stopped, and everything that was under way has been handed out. The thread that reads may still
    /// wait for input that never comes, so a sink that wants to end the program must do so.
    Stopped,
}

/// How often a stop is looked for while no result comes.
const GLANCE: Duration = Duration::from_millis(50);

/// Works on `items` with `threads` threads and hands the results to `sink` in the order of the items.
///
/// Each thread makes its own worker. A worker gets what is at hand, one item or several up to `weight` 1,
/// so that a slow stream is answered item by item and a fast one in batches; it gives one result per item.
/// An error of the sink ends the work. When `stop` is set, no more items are taken.
pub fn in_order<I, O, W, E>(
    items: impl Iterator<Item = I> + Send,
    threads: usize,
    stop: &AtomicBool,
    weight: impl Fn(&I) -> f32 + Sync,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(Next<O>) -> Result<(), E>,
) -> Result<(), E>
where
    I: Send,
    O: Send,
    W: FnMut(Vec<I>) -> Vec<O>,
{
    let (give, take) = channel();
    let (done, results) = channel();
    let (admit, admitted) = sync_channel(WINDOW * threads);
    let (take, weight, worker) = (&Mutex::new(take), &weight, &worker);
    let given = &AtomicUsize::new(0);
    thread::scope(|scope| {
        let spawn = |done: Sender<_>| {
            let work = move || work(take, weight, worker(), done);
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map(|_| ())
        };
        scope.spawn(move || feed(items, admit, give, stop, given));
        let spawned = (0..threads).map(|_| spawn(done.clone())).filter(Result::is_ok).count();
        assert!(spawned > 0, "the system gives no thread");
        drop(done);
        let stopped = |next| stop.load(Ordering::Relaxed) && given.load(Ordering::SeqCst) == next;
        collect(results, admitted, stopped, &mut sink)
    })
}

/// Numbers the items and admits at most so many that are not yet handed out.
fn feed<I>(
    items: impl Iterator<Item = I>,
    admit: SyncSender<()>,
    give: Sender<Numbered<I>>,
    stop: &AtomicBool,
    given: &AtomicUsize,
) {
    for numbered in items.enumerate() {
        if admit.send(()).is_err() || stop.load(Ordering::Relaxed) || give.send(numbered).is_err() {
            return;
        }
        given.fetch_add(1, Ordering::SeqCst);
    }
}

fn work<I, O>(
    take: &Mutex<Receiver<Numbered<I>>>,
    weight: impl Fn(&I) -> f32,
    mut work: impl FnMut(Vec<I>) -> Vec<O>,
    done: Sender<Numbered<O>>,
) {
    while let Some((numbers, items)) = batch(take, &weight) {
        for numbered in numbers.into_iter().zip(work(items)) {
            if done.send(numbered).is_err() {
                return;
            }
        }
    }
}

/// Waits for an item and takes what more is at hand; `None` after the last.
fn batch<I>(take: &Mutex<Receiver<Numbered<I>>>, weight: impl Fn(&I) -> f32) -> Option<(Vec<usize>, Vec<I>)> {
    let queue = take.lock().ok()?;
    let (number, item) = queue.recv().ok()?;
    let mut total = weight(&item);
    let mut batch = (vec![number], vec![item]);
    while total < 1.0 {
        let Ok((number, item)) = queue.try_recv() else { break };
        total += weight(&item);
        batch.0.push(number);
        batch.1.push(item);
    }
    Some(batch)
}

/// Hands the results out in order; each one handed out admits another item.
fn collect<O, E>(
    results: Receiver<Numbered<O>>,
    admitted: Receiver<()>,
    stopped: impl Fn(usize) -> bool,
    sink: &mut impl FnMut(Next<O>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut early, mut next) = (BTreeMap::new(), 0);
    loop {
        let (number, result) = match results.try_recv() {
            Ok(numbered) => numbered,
            Err(TryRecvError::Disconnected) => return Ok(()),
            Err(TryRecvError::Empty) => {
                sink(Next::Wait)?;
                match results.recv_timeout(GLANCE) {
                    Ok(numbered) => numbered,
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                    Err(RecvTimeoutError::Timeout) if stopped(next) => return sink(Next::Stopped),
                    Err(RecvTimeoutError::Timeout) => continue,
                }
            }
        };
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            sink(Next::Result(result))?;
            next += 1;
            // The feeder has sent one for each item, so this never waits.
            let _ = admitted.recv();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static GO: AtomicBool = AtomicBool::new(false);

    fn run(items: std::ops::Range<usize>, threads: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let worker = || |items: Vec<usize>| items.into_iter().map(uneven).collect::<Vec<_>>();
        let sink = |next: Next<usize>| {
            if let Next::Result(n) = next {
                out.push(n);
            }
            Ok::<(), ()>(())
        };
        in_order(items, threads, &GO, |_| 0.3, worker, sink).unwrap();
        out
    }

    /// Some items take longer than others.
    fn uneven(n: usize) -> usize {
        (0..n % 7 * 10_000).fold(n, |n, m| std::hint::black_box(n ^ m ^ m))
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 7] {
            assert_eq!(run(0..1000, threads), (0..1000).collect::<Vec<_>>());
        }
        assert!(run(0..0, 3).is_empty());
    }

    #[test]
    fn a_sink_that_has_enough_ends_an_endless_stream() {
        let mut seen = 0;
        let worker = || |items: Vec<usize>| items;
        let sink = |next: Next<usize>| match next {
            Next::Result(_) if seen == 10 => Err("enough"),
            Next::Result(_) => {
                seen += 1;
                Ok(())
            }
            Next::Wait | Next::Stopped => Ok(()),
        };
        assert_eq!(in_order(0.., 2, &GO, |_| 1.0, worker, sink), Err("enough"));
    }

    #[test]
    fn a_stop_hands_out_what_is_under_way_and_no_more() {
        let (stop, mut seen) = (AtomicBool::new(false), Vec::new());
        let sink = |next: Next<usize>| {
            match next {
                Next::Result(n) => seen.push(n),
                Next::Wait => {}
                Next::Stopped => return Err(()),
            }
            stop.store(seen.len() >= 10, Ordering::Relaxed);
            Ok(())
        };
        let items = (0..).inspect(|_| thread::sleep(Duration::from_millis(1)));
        let ended = in_order(items, 2, &stop, |_| 1.0, || |items: Vec<usize>| items, sink);
        assert!(ended.is_err() || seen.len() >= 10, "either the sink was told, or all was handed out");
        assert_eq!(seen, (0..seen.len()).collect::<Vec<_>>());
    }

    #[test]
    fn an_answer_comes_before_the_next_question() {
        let (ask, questions) = channel();
        ask.send(0).unwrap();
        let (mut ask, mut answers) = (Some(ask), Vec::new());
        let sink = |next: Next<usize>| {
            if let Next::Result(n) = next {
                answers.push(n);
                ask = ask.take().filter(|ask| n < 5 && ask.send(n + 1).is_ok());
            }
            Ok::<(), ()>(())
        };
        in_order(questions.into_iter(), 2, &GO, |_| 0.1, || |items: Vec<usize>| items, sink).unwrap();
        assert_eq!(answers, [0, 1, 2, 3, 4, 5]);
    }
}
