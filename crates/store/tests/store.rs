//! A store from outside: documents in, merged events out, whatever the order, the interruptions and the corrections.

mod made;

use chancery_record::{Event, Merged};
use chancery_store::{Decided, Entry, Error, Filter, Store, Undecided};
use made::{ACCUSATION, Numbers, Told, document, entry, entry_by, report};

fn filled(entries: &[Entry]) -> Store {
    let mut store = Store::memory().unwrap();
    put(&mut store, entries);
    store.merge(|_| true).unwrap();
    store
}

fn put(store: &mut Store, entries: &[Entry]) -> Vec<bool> {
    let change = store.change().unwrap();
    let changed = entries.iter().map(|entry| change.put(entry).unwrap()).collect();
    change.commit().unwrap();
    changed
}

fn events(store: &Store) -> Vec<Merged> {
    let mut events = Vec::new();
    store
        .events::<Error>(&Filter::default(), |merged, _| {
            events.push(merged);
            Ok(())
        })
        .unwrap();
    events
}

fn reports(store: &Store) -> Vec<Event> {
    let mut all = Vec::new();
    store
        .reports::<Error>(&Filter::default(), |_, reports| {
            all.extend(reports);
            Ok(())
        })
        .unwrap();
    all
}

/// Everything that can be taken out, as text.
fn contents(store: &Store) -> String {
    format!(
        "{}\n{}",
        serde_json::to_string(&events(store)).unwrap(),
        serde_json::to_string(&reports(store)).unwrap()
    )
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list
}

/// Two documents that tell one event, and a third of another.
fn three() -> [Entry; 3] {
    let retold = Told {
        document: "b",
        published: "2020-05-03",
        words: "Ruritania has accused Borduria of moving border stones at Klow",
        ..ACCUSATION
    };
    let other = Told {
        document: "c",
        published: "2020-07-03",
        day: "2020-07-01",
        words: "Ruritania accused Borduria of spying",
        ..ACCUSATION
    };
    [
        entry("a", "2020-05-02", vec![report(&ACCUSATION)]),
        entry("b", "2020-05-03", vec![report(&retold)]),
        entry("c", "2020-07-03", vec![report(&other)]),
    ]
}

#[test]
fn reports_of_one_event_are_merged_and_counted_apart() {
    let events = events(&filled(&three()));
    let counts: Vec<_> =
        events.iter().map(|e| (e.event.reports, e.event.documents, e.event.sources, e.wordings)).collect();
    assert_eq!(counts, [(Some(2), Some(2), Some(1), 2), (Some(1), Some(1), Some(1), 1)]);
    assert_eq!(events[0].first_published.as_deref(), Some("2020-05-02"));
    assert_eq!(events[0].last_published.as_deref(), Some("2020-05-03"));
}

#[test]
fn a_document_that_comes_twice_changes_nothing() {
    let mut store = filled(&three());
    let before = contents(&store);
    assert_eq!(put(&mut store, &three()), [false, false, false]);
    store.merge(|_| true).unwrap();
    assert_eq!(contents(&store), before);
    assert_eq!(store.known().unwrap().len(), 3);
}

#[test]
fn a_corrected_document_replaces_its_own_reports_only() {
    let mut store = filled(&three());
    let corrected = Told {
        document: "b",
        published: "2020-05-03",
        category: "AID",
        cameo: "071",
        words: "Ruritania sent Borduria bread",
        ..ACCUSATION
    };
    assert_eq!(put(&mut store, &[entry("b", "2020-05-03", vec![report(&corrected)])]), [true]);
    store.merge(|_| true).unwrap();
    let found: Vec<_> =
        events(&store).into_iter().map(|e| (e.event.event, e.event.reports.unwrap())).collect();
    let expected = [("ACCUSE", 1), ("AID", 1), ("ACCUSE", 1)];
    assert_eq!(sorted(found), sorted(expected.map(|(event, reports)| (event.to_owned(), reports)).to_vec()));
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn any_order_gives_the_same_events() {
    let mut entries: Vec<Entry> = (0..1000).map(|n| document(n, 1000)).collect();
    let expected = contents(&filled(&entries));
    let mut numbers = Numbers(7);
    for round in 0..20 {
        numbers.shuffle(&mut entries);
        // In one go, or merged after each part.
        let mut store = Store::memory().unwrap();
        for part in entries.chunks(if round % 2 == 0 { 1000 } else { 211 }) {
            put(&mut store, part);
            store.merge(|_| true).unwrap();
        }
        assert!(contents(&store) == expected, "round {round} differs");
    }
    assert!(expected.len() > 100_000);
}

#[test]
fn corrected_documents_give_what_a_new_store_of_them_would() {
    // Documents of other days under the names of some of the first ones.
    let corrected = |n: usize| made::document_as(&format!("d{n:07}"), n + 3, 400);
    let mut store = Store::memory().unwrap();
    put(&mut store, &(0..400).map(|n| document(n, 400)).collect::<Vec<_>>());
    store.merge(|_| true).unwrap();
    for some in [3..40, 150..160, 300..390] {
        put(&mut store, &some.step_by(3).map(corrected).collect::<Vec<_>>());
        store.merge(|_| true).unwrap();
        assert!(store.check().unwrap().is_empty());
    }
    let is_corrected =
        |n: usize| [(3..40), (150..160), (300..390)].iter().any(|r| r.clone().step_by(3).any(|m| m == n));
    let last = |n| if is_corrected(n) { corrected(n) } else { document(n, 400) };
    assert!(contents(&store) == contents(&filled(&(0..400).map(last).collect::<Vec<_>>())));
}

#[test]
fn what_was_merged_by_other_weights_is_merged_anew() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("news.db");
    let mut store = Store::write(&file).unwrap();
    put(&mut store, &three());
    store.merge(|_| true).unwrap();
    let expected = contents(&store);
    drop(store);
    // As a program would leave it that finds that no two reports tell one event.
    let sql = rusqlite::Connection::open(&file).unwrap();
    sql.execute_batch("DELETE FROM link; UPDATE method SET digest = digest + 1").unwrap();
    drop(sql);
    let mut store = Store::write(&file).unwrap();
    store.merge(|_| true).unwrap();
    assert_eq!(contents(&store), expected);
    assert_eq!(store.size().unwrap().events, 2);
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn an_interrupted_merge_goes_on() {
    let entries: Vec<Entry> = (0..200).map(|n| document(n, 200)).collect();
    let expected = contents(&filled(&entries));
    let mut store = Store::memory().unwrap();
    put(&mut store, &entries);
    let mut steps = 0;
    while store.waiting().unwrap() > 0 {
        let mut left = 2;
        store
            .merge(|_| {
                left -= 1;
                left > 0
            })
            .unwrap();
        assert!(store.check().unwrap().is_empty());
        steps += 1;
    }
    assert!(steps > 3, "{steps}");
    assert_eq!(contents(&store), expected);
}

#[test]
fn what_is_split_and_joined_by_hand_survives_recoding() {
    let mut store = filled(&three());
    let [merged, other] = <[Merged; 2]>::try_from(events(&store)).unwrap();
    let second = merged.members[1].clone();
    assert_eq!(store.split(&merged.event.id, std::slice::from_ref(&second)).unwrap(), Decided::Pairs(1));
    assert_eq!(events(&store).len(), 3);
    let joined = [second.clone(), other.event.id.clone()];
    assert_eq!(store.join(&joined).unwrap(), Decided::Pairs(1));
    let expected: Vec<u64> = events(&store).iter().map(|e| e.event.reports.unwrap()).collect();
    assert_eq!(sorted(expected), [1, 2]);

    // A newer coder gives the report another identifier, and its trigger one more word.
    let mut recoded = report(&Told {
        document: "b",
        published: "2020-05-03",
        words: "Ruritania has accused Borduria of moving border stones at Klow",
        ..ACCUSATION
    });
    recoded.id = "coded-anew".to_owned();
    recoded.evidence.trigger.span.end += 4;
    put(&mut store, &[entry_by("coder 2", "b", "2020-05-03", vec![recoded])]);
    store.merge(|_| true).unwrap();
    assert_eq!(sorted(events(&store).iter().map(|e| e.event.reports.unwrap()).collect()), [1, 2]);
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn decisions_about_nothing_say_why() {
    let mut store = filled(&three());
    let merged = &events(&store)[0];
    let unknown = store.split("nothing", &["x".to_owned()]).unwrap();
    assert_eq!(unknown, Decided::Not(Undecided::Unknown("nothing".to_owned())));
    let elsewhere = store.split(&merged.event.id, &["x".to_owned()]).unwrap();
    assert_eq!(elsewhere, Decided::Not(Undecided::Elsewhere("x".to_owned())));
    assert_eq!(store.split(&merged.event.id, &merged.members).unwrap(), Decided::Not(Undecided::Nothing));
}

#[test]
fn an_event_keeps_its_name_when_its_reports_are_coded_anew() {
    let mut store = filled(&three());
    let before: Vec<String> = events(&store).into_iter().map(|e| e.event.id).collect();
    let mut recoded = report(&ACCUSATION);
    recoded.id = "coded-anew".to_owned();
    recoded.confidence = 0.9;
    put(&mut store, &[entry_by("coder 2", "a", "2020-05-02", vec![recoded])]);
    store.merge(|_| true).unwrap();
    assert_eq!(events(&store).into_iter().map(|e| e.event.id).collect::<Vec<_>>(), before);
}

#[test]
fn an_event_is_told_with_all_its_reports() {
    let store = filled(&three());
    let merged = &events(&store)[0];
    for name in [&merged.event.id, &merged.members[1]] {
        let told = store.told(name).unwrap().unwrap();
        assert_eq!(told.event, *merged);
        assert_eq!(
            told.reports.iter().map(|r| &r.report.id).collect::<Vec<_>>(),
            merged.members.iter().collect::<Vec<_>>()
        );
        assert!(told.reports.iter().all(|r| r.score.is_some_and(|score| score > 0.4)));
    }
    assert_eq!(store.told("nothing").unwrap(), None);
}
