//! Who is meant: names, short names, offices, capitals, bodies, role words, pronouns and phrases that point back, on invented actors.

mod engine;

use engine::check;

#[test]
fn short_and_misspelt_names_mean_who_was_named_in_full() {
    check(&[
        (
            "Kurvi Tasch was tired. Tasch condemned Ruritania.",
            &["ACCUSE BOR/GOV > RUR occurred"],
            "a surname of the tables",
        ),
        (
            "Kurvi Tasch met Rufus Firefly. Firefly condemned Syldavia.",
            &["CONSULT BOR/GOV > FRE/GOV occurred", "ACCUSE FRE/GOV > SYL occurred"],
            "a surname that is a word as well",
        ),
        (
            "Foreign Minister Olga Bark of Syldavia met Rufus Firefly. Bark accused Borduria of aggression.",
            &["CONSULT SYL/GOV > FRE/GOV occurred", "ACCUSE SYL/GOV > BOR occurred"],
            "a stranger's surname",
        ),
        (
            "Bordurian General Ivan Petrov spoke. Petrov threatened Ruritania.",
            &["THREATEN BOR/MIL > RUR occurred"],
            "a stranger by title",
        ),
        (
            "President Rudolf Elphberg spoke. Elphburg condemned Borduria.",
            &["ACCUSE ~RUR/GOV > BOR occurred"],
            "one letter wrong in a long name",
        ),
        (
            "President Kurvi Tasch spoke. Kasch condemned Ruritania.",
            &["ACCUSE ? > RUR occurred"],
            "near-miss: another initial is another name, which nobody is known by",
        ),
        (
            "Elphberg Palace condemned Borduria.",
            &["ACCUSE RUR/GOV > BOR occurred"],
            "near-miss: a seat of government, not the man",
        ),
        (
            "The United Front condemned Borduria.",
            &["ACCUSE ? > BOR occurred"],
            "near-miss: a body that no table has",
        ),
    ]);
}

#[test]
fn offices_are_those_of_the_day() {
    check(&[
        (
            "Former Ruritanian president Hugo Rassen condemned Borduria.",
            &["ACCUSE RUR/ELI > BOR occurred"],
            "former",
        ),
        (
            "The former president of Borduria, Plekszy Gladz, criticised Ruritania.",
            &["ACCUSE BOR/ELI > RUR occurred"],
            "former with apposition",
        ),
        (
            "Former president Rudolf Elphberg criticised Borduria.",
            &["ACCUSE RUR/ELI > BOR occurred"],
            "the text knows better than the tables",
        ),
        ("Rudolf Elphberg criticised Borduria.", &["ACCUSE RUR/GOV > BOR occurred"], "in office"),
    ]);
}

#[test]
fn capitals_are_governments_or_places() {
    check(&[
        ("Strelsau condemned Borduria.", &["ACCUSE RUR/GOV > BOR occurred"], "subject: a government"),
        ("Borduria condemned Strelsau.", &["ACCUSE BOR > RUR/GOV occurred"], "object of words: a government"),
        (
            "Talks between Strelsau and Klow failed.",
            &["CONSULT RUR/GOV,SYL/GOV > RUR/GOV,SYL/GOV occurred"],
            "partners: governments",
        ),
        (
            "Anna Muskar met Kurvi Tasch in Strelsau.",
            &["CONSULT SYL/GOV > BOR/GOV occurred"],
            "near-miss: after \"in\" it is a town",
        ),
        (
            "Borduria bombed Klow.",
            &["ASSAULT BOR > SYL occurred"],
            "near-miss: a town is bombed, no government",
        ),
        (
            "Anna Muskar visited Strelsau.",
            &["CONSULT SYL/GOV > RUR occurred"],
            "near-miss: a town is visited",
        ),
        (
            "Rufus Firefly arrived in Klow.",
            &["CONSULT FRE/GOV > SYL occurred"],
            "near-miss: whoever is visited is the state",
        ),
        (
            "Protesters in Klow attacked the Bordurian embassy.",
            &["PROTEST SYL/OPP > BOR/GOV occurred"],
            "the town gives protesters their state",
        ),
        (
            "Syldavia waited. Mr Tasch condemned Ruritania. Mrs. Muskar condemned Borduria.",
            &["ACCUSE BOR/GOV > RUR occurred", "ACCUSE SYL/GOV > BOR occurred"],
            "a form of address is no first name",
        ),
        (
            "The Zembla Pact met. Streml imposed sanctions on Borduria.",
            &["SANCTION IGO/GOV > BOR occurred"],
            "a city does what the body does that sits there",
        ),
        (
            "Syldavia left the Zembla Pact. Streml imposed sanctions on Borduria.",
            &["SANCTION SYL > BOR occurred"],
            "near-miss: its state is spoken of, too",
        ),
    ]);
}

#[test]
fn bodies_and_role_words_have_sectors() {
    check(&[
        (
            "The Zembla Pact imposed sanctions on Borduria.",
            &["SANCTION IGO > BOR occurred"],
            "an international body",
        ),
        (
            "The Iron Guard killed ten Bordurian soldiers.",
            &["ASSAULT BOR/REB > BOR/MIL occurred"],
            "armed rebels against soldiers",
        ),
        (
            "The People's Front condemned the Bordurian government.",
            &["ACCUSE RUR/PTY > BOR/GOV occurred"],
            "a party, a government",
        ),
        (
            "Bordurian police arrested three journalists.",
            &["COERCE BOR/COP > ~BOR/JRN occurred"],
            "the arrested are of the police's state",
        ),
        (
            "A Ruritanian court sentenced a Bordurian spy.",
            &["SANCTION RUR/JUD > BOR/SPY occurred"],
            "court, spy",
        ),
        (
            "Syldavian lawmakers rejected the treaty with Borduria.",
            &["REJECT SYL/LEG > BOR occurred"],
            "lawmakers",
        ),
        (
            "Bordurian rebels attacked the Bordurian army.",
            &["ASSAULT BOR/REB > BOR/MIL occurred"],
            "two sides of one state",
        ),
        ("Borduria Gas cut supplies to Syldavia.", &["SANCTION BOR/BUS > SYL occurred"], "a company"),
        (
            "The Bordurian opposition called on Kurvi Tasch to resign.",
            &["REQUEST BOR/OPP > BOR/GOV occurred"],
            "opposition",
        ),
        (
            "Ruritania-backed rebels attacked Bordurian troops.",
            &["ASSAULT ~BOR/REB > BOR/MIL occurred"],
            "near-miss: the backer does not attack",
        ),
        (
            "Pro-Bordurian militants attacked Syldavian troops.",
            &["ASSAULT ~SYL/UAF > SYL/MIL occurred"],
            "near-miss: pro- is no nationality",
        ),
        (
            "Iron Guard fighters seized the city of Zlip.",
            &["COERCE BOR/REB > BOR occurred"],
            "the fighters of rebels are rebels",
        ),
        (
            "Bordurian forces shelled the Syldavian town of Sprodj, killing five civilians.",
            &["ASSAULT BOR/MIL > SYL occurred", "ASSAULT BOR/MIL > ~SYL/CVL occurred"],
            "the killed are of the state that was struck",
        ),
        (
            "Troops crossed the border into Syldavia.",
            &["ASSAULT ?/MIL > SYL occurred"],
            "who enters a state is not taken to be of it",
        ),
    ]);
}

#[test]
fn descriptions_point_back_at_bodies_and_people() {
    check(&[
        (
            "The Zembla Pact met. The alliance condemned Ruritania.",
            &["ACCUSE ~IGO > RUR occurred"],
            "a body of many states",
        ),
        (
            "The Iron Guard was silent. The armed movement condemned Ruritania.",
            &["ACCUSE ~BOR/REB > RUR occurred"],
            "a body of fighters",
        ),
        (
            "The People's Front met. The alliance condemned Borduria.",
            &["ACCUSE ~RUR/PTY > BOR occurred"],
            "parties are allied, too",
        ),
        (
            "The Iron Guard was silent. A movement of teachers condemned Ruritania.",
            &[],
            "near-miss: one of which nothing was told",
        ),
        (
            "Syldavian envoy Anna Muskar arrived. The envoy condemned Borduria.",
            &["ACCUSE ~SYL/GOV > BOR occurred"],
            "a person described so before",
        ),
        (
            "Former Ruritanian president Hugo Rassen spoke. The former president condemned Borduria.",
            &["ACCUSE ~RUR/ELI > BOR occurred"],
            "one who was in office",
        ),
        (
            "Former Ruritanian president Hugo Rassen spoke. The former minister condemned Borduria.",
            &["ACCUSE ?/ELI > BOR occurred"],
            "near-miss: of another office",
        ),
    ]);
}

#[test]
fn bodies_without_a_state_are_of_the_one_the_text_is_about() {
    check(&[
        (
            "Borduria mourned. Bordurian towns were quiet. Ruritania called on the government to resign.",
            &["REQUEST RUR > ~BOR/GOV occurred"],
            "what a state asks for it asks of another's",
        ),
        (
            "Borduria mourned. Bordurian towns were quiet. A crowd of workers protested against Ruritania.",
            &["PROTEST ~BOR/LAB > RUR occurred"],
            "crowds are at home, whoever it is that they turn against",
        ),
        (
            "Bordurian police arrested ten protesters. Syldavia was silent.",
            &["COERCE BOR/COP > ~BOR/OPP occurred"],
            "near-miss: force is used at home",
        ),
        (
            "Borduria, Syldavia and Ruritania were silent. The government resigned. Police arrested ten protesters.",
            &["COERCE ?/COP > ?/OPP occurred"],
            "near-miss: the text is about no one of them",
        ),
    ]);
}

#[test]
fn pronouns_mean_who_was_named() {
    check(&[
        ("President Kurvi Tasch arrived. He condemned Ruritania.", &["ACCUSE ~BOR/GOV > RUR occurred"], "he"),
        (
            "Anna Muskar flew to Strelsau. She accused Borduria of aggression.",
            &["CONSULT SYL/GOV > RUR occurred", "ACCUSE ~SYL/GOV > BOR occurred"],
            "she",
        ),
        (
            "Borduria mourned. It accused Syldavia of aggression.",
            &["ACCUSE ~BOR > SYL occurred"],
            "it, a state",
        ),
        (
            "Bordurian troops crossed the river. They attacked Syldavia.",
            &["ASSAULT ~BOR/MIL > SYL occurred"],
            "they, a group",
        ),
        (
            "Freedonia condemned Ruritania. The Iron Guard attacked the army of the country.",
            &["ACCUSE FRE > RUR occurred", "ASSAULT BOR/REB > ~BOR/MIL occurred"],
            "rebels fight in their own country",
        ),
        (
            "Ruritania and Borduria met in Klow. They condemned Syldavia.",
            &["CONSULT RUR,BOR > RUR,BOR occurred", "ACCUSE ~RUR,~BOR > SYL occurred"],
            "they, two states",
        ),
        (
            "Rudolf Elphberg met Kurvi Tasch in Strelsau. He condemned Syldavia.",
            &["CONSULT RUR/GOV > BOR/GOV occurred", "ACCUSE ~RUR/GOV > SYL occurred"],
            "the subject before goes before the object",
        ),
        (
            "Rudolf Elphberg said he had met Kurvi Tasch.",
            &["CONSULT ~RUR/GOV > BOR/GOV occurred"],
            "in a reported clause",
        ),
        (
            "Ruritania said it had attacked Borduria.",
            &["ASSAULT ~RUR > BOR occurred"],
            "it, in a reported clause",
        ),
        (
            "Ruritania condemned Borduria for its attack on Syldavia.",
            &["ACCUSE RUR > BOR occurred", "ASSAULT ~BOR > SYL occurred"],
            "the deed of whoever is condemned",
        ),
        (
            "Ruritania thanked Anna Muskar for her visit to Strelsau.",
            &["SUPPORT RUR > SYL/GOV occurred", "CONSULT ~SYL/GOV > RUR occurred"],
            "the deed of whoever is thanked",
        ),
        (
            "Borduria was condemned by Ruritania for its attack on Syldavia.",
            &["ACCUSE RUR > BOR occurred", "ASSAULT ~BOR > SYL occurred"],
            "the same in the passive",
        ),
        (
            "Ruritania apologised to Borduria for its attack on Szohôd.",
            &["SUPPORT RUR > BOR occurred", "ASSAULT ~RUR > BOR occurred"],
            "near-miss: one apologises for one's own",
        ),
    ]);
}

#[test]
fn phrases_point_back() {
    check(&[
        (
            "Ruritania and Borduria share a river. Freedonia praised both countries.",
            &["SUPPORT FRE > ~RUR,~BOR occurred"],
            "both countries",
        ),
        (
            "Ruritania and Borduria have long quarrelled. The two countries signed a treaty on Monday.",
            &["SUPPORT ~RUR,~BOR > ~RUR,~BOR occurred"],
            "the two countries",
        ),
        (
            "Kurvi Tasch and Rufus Firefly met in Klow. Both leaders condemned Syldavia.",
            &[
                "CONSULT BOR/GOV,FRE/GOV > BOR/GOV,FRE/GOV occurred",
                "ACCUSE ~BOR/GOV,~FRE/GOV > SYL occurred",
            ],
            "both leaders",
        ),
        (
            "Rufus Firefly met Kurvi Tasch. The two leaders condemned Syldavia.",
            &["CONSULT FRE/GOV > BOR/GOV occurred", "ACCUSE ~FRE/GOV,~BOR/GOV > SYL occurred"],
            "the two leaders, subject and object",
        ),
        (
            "President Rudolf Elphberg met his Bordurian counterpart.",
            &["CONSULT RUR/GOV > ~BOR/GOV occurred"],
            "his counterpart",
        ),
        (
            "President Rudolf Elphberg met his Bordurian counterpart, Kurvi Tasch, in Klow.",
            &["CONSULT RUR/GOV > BOR/GOV occurred"],
            "his counterpart by name",
        ),
        (
            "Rudolf Elphberg arrived in Klow. The president condemned Borduria.",
            &["CONSULT RUR/GOV > SYL occurred", "ACCUSE ~RUR/GOV > BOR occurred"],
            "the president",
        ),
        (
            "Rufus Firefly visited Syldavia. He praised the country.",
            &["CONSULT FRE/GOV > SYL occurred", "SUPPORT ~FRE/GOV > ~SYL occurred"],
            "the country",
        ),
        (
            "The president condemned Borduria.",
            &["ACCUSE ?/GOV > BOR occurred"],
            "near-miss: nobody is named before",
        ),
    ]);
}

/// Names and identifiers of the actors of a text that appears today, in text order.
fn actors(text: &str) -> Vec<String> {
    let found = engine::code(text).annotated.actors.unwrap_or_default();
    found.iter().map(|a| format!("{} = {}", a.text, a.id.as_deref().unwrap_or("?"))).collect()
}

fn means(text: &str, words: &str, id: &str) {
    let found = actors(text);
    assert!(found.contains(&format!("{words} = {id}")), "{text}: {found:?}");
}

#[test]
fn what_the_document_speaks_of_decides_between_bearers_of_a_surname() {
    means("Ruritania was calm on Monday. Gorn praised the police.", "Gorn", "otto-gorn");
    means("Borduria was calm on Monday. Gorn praised the police.", "Gorn", "ilse-gorn");
    means("It was calm on Monday. Gorn praised the police.", "Gorn", "ilse-gorn");
    means("Otto Gorn spoke in Borduria. Gorn praised the police.", "Gorn", "otto-gorn");
    means("Bordurian Foreign Minister Gorn arrived in Strelsau.", "Gorn", "ilse-gorn");
}

#[test]
fn a_stranger_named_in_full_keeps_his_surname() {
    let found = actors("Walter Gorn, who sells cheese in Strelsau, was tired. Gorn praised the police.");
    assert!(!found.iter().any(|a| a.contains("-gorn")), "{found:?}");
    let found = actors("Maria Ruritania sang. The Walter Borduria band played.");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn offices_mean_who_holds_them() {
    means("The Syldavian defence minister condemned Borduria.", "Syldavian defence minister", "lena-vantar");
    means("Syldavia's Minister of Defence condemned Borduria.", "Syldavia's Minister", "lena-vantar");
    means(
        "The former Syldavian defence minister condemned Borduria.",
        "former Syldavian defence minister",
        "?",
    );
    let inferred = engine::only("The Syldavian defence minister condemned Borduria.").actor[0].clone();
    assert_eq!(inferred.inferred.as_deref(), Some("holds that office on 2024-05-15"));
    assert_eq!(
        (inferred.name.as_deref(), inferred.office.as_deref()),
        (Some("Lena Vantar"), Some("defense minister"))
    );
    assert_eq!(inferred.cameo.as_deref(), Some("SYLGOV"));
}

#[test]
fn a_misspelt_name_is_read_where_its_title_supports_it() {
    means("Syldavian Defence Minister Lena Vanter condemned Borduria.", "Lena Vanter", "lena-vantar");
    means("Syldavian Defence Minister Lena Kantor condemned Borduria.", "Lena Kantor", "?");
    means("Bordurian Defence Minister Lena Vanter condemned Borduria.", "Lena Vanter", "?");
}

#[test]
fn letters_in_brackets_and_nicknames_mean_who_was_named_with_them() {
    means("The Iron Guard (XYG) met on Monday. XYG condemned Ruritania.", "XYG", "iron-guard");
    let text = "Bordurian General Ivan Petrov, known as Zorro, spoke. Zorro threatened Ruritania.";
    let second = engine::events(text).pop().expect("an event");
    assert_eq!(
        (second.event.as_str(), second.actor[0].code.as_deref(), second.actor[0].sector.as_deref()),
        ("THREATEN", Some("BOR"), Some("MIL"))
    );
}

#[test]
fn a_title_that_somebody_else_holds_is_a_courtesy() {
    let title = |text: &str| engine::only(text).actor[0].sector.clone();
    assert_eq!(title("Defence Minister Emil Vantar condemned Borduria.").as_deref(), Some("ELI"));
    assert_eq!(title("Defence Minister Lena Vantar condemned Borduria.").as_deref(), Some("GOV"));
    assert_eq!(
        title("Prime Minister Hugo Vasch condemned Borduria.").as_deref(),
        Some("GOV"),
        "the tables know no successor"
    );
}

#[test]
fn callings_take_the_sector_of_whom_they_serve() {
    check(&[
        (
            "A Bordurian army accountant condemned Ruritania.",
            &["ACCUSE BOR/MIL > RUR occurred"],
            "an army's accountant",
        ),
        (
            "Muslim leaders in Syldavia condemned Ruritania.",
            &["ACCUSE SYL/REL > RUR occurred"],
            "leaders of a faith",
        ),
        (
            "The head of the Bordurian human rights league condemned Ruritania.",
            &["ACCUSE BOR/SOC > RUR occurred"],
            "who heads a league",
        ),
        (
            "A Bordurian accountant condemned Ruritania.",
            &["ACCUSE BOR/BUS > RUR occurred"],
            "near-miss: an accountant",
        ),
    ]);
}

#[test]
fn two_countries_are_states_that_act() {
    check(&[
        (
            "Ruritania and the Zembla Pact are old. Kurvi Tasch called Anna Muskar. Freedonia praised the two countries.",
            &["CONSULT BOR/GOV > SYL/GOV occurred", "SUPPORT FRE > ~BOR,~SYL occurred"],
            "those of the two who spoke, not a pact and not a pair of long ago",
        ),
        (
            "The Bordurian government resumed dialogue with the opposition in Freedonia.",
            &["CONSULT BOR/GOV > ~BOR/OPP occurred"],
            "where talks are held is not whose opposition it is",
        ),
        (
            "The Bordurian government condemned the opposition in Freedonia.",
            &["ACCUSE BOR/GOV > FRE/OPP occurred"],
            "near-miss: without talks it is",
        ),
    ]);
}

#[test]
fn offices_are_those_of_the_day_of_the_act() {
    let actor = |text: &str| {
        let actor = engine::only(text).actor[0].clone();
        (actor.sector.unwrap_or_default(), actor.office.unwrap_or_default(), actor.inferred.is_some())
    };
    let told = |sector: &str, office: &str, inferred| (sector.to_owned(), office.to_owned(), inferred);
    assert_eq!(actor("Hugo Vasch condemned Borduria in 2005."), told("GOV", "prime minister", true));
    assert_eq!(actor("Hugo Vasch condemned Borduria."), told("ELI", "", true));
    assert_eq!(actor("Rudolf Elphberg condemned Borduria in 2003."), told("GOV", "foreign minister", false));
    assert_eq!(actor("Rudolf Elphberg condemned Borduria."), told("GOV", "president", false));
    assert_eq!(actor("Hugo Vasch condemned Borduria in 2015."), told("BUS", "businessman", true));
}

#[test]
fn a_title_is_of_the_state_that_its_bearer_serves_later() {
    let text = "Judge Anna Muskar condemned Borduria.";
    let coded = engine::code_document(&engine::document(text, "2001-05-05"));
    let actor = &coded.annotated.events.expect("events")[0].actor[0];
    assert_eq!((actor.code.as_deref(), actor.sector.as_deref()), (Some("SYL"), Some("JUD")));
}

#[test]
fn a_surname_of_several_ministers_is_of_their_government() {
    let actor = engine::only("Brod condemned Borduria, the Ruritanian government said.").actor[0].clone();
    assert_eq!(
        (actor.code.as_deref(), actor.sector.as_deref(), actor.name),
        (Some("RUR"), Some("GOV"), None)
    );
    assert_eq!(actor.candidates, ["karl-brod", "ines-brod"]);
}

#[test]
fn endless_names_and_phrases_cost_no_more_than_others() {
    for text in [
        "Alpha-".repeat(20_000),
        "minister of ".repeat(3_000),
        "van Al ".repeat(10_000),
        "Brod (XY) ".repeat(3_000),
    ] {
        let coded = engine::code(&text);
        assert_eq!(coded.annotated.text, text);
    }
}
