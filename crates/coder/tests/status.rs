//! Whether it happened: negation, modality, conditions, future and aims, on invented actors.

mod engine;

use engine::check;

#[test]
fn negation_is_found_wherever_it_stands() {
    check(&[
        ("Ruritania did not bomb Borduria.", &["ASSAULT RUR > BOR negated"], "auxiliary and not"),
        ("Ruritania never attacked Borduria.", &["ASSAULT RUR > BOR negated"], "never"),
        ("Ruritania hardly criticised Borduria.", &["ACCUSE RUR > BOR negated"], "hardly"),
        (
            "Ruritania has not imposed sanctions on Borduria.",
            &["SANCTION RUR > BOR negated"],
            "with a light verb",
        ),
        (
            "Ruritania imposed no sanctions on Borduria.",
            &["SANCTION RUR > BOR negated"],
            "no before the object",
        ),
        (
            "Ruritania held no talks with Borduria.",
            &["CONSULT RUR > BOR negated"],
            "no before a carried noun",
        ),
        (
            "No Bordurian troops attacked Syldavia.",
            &["ASSAULT BOR/MIL > SYL negated"],
            "no before the subject",
        ),
        (
            "No fewer than ten Bordurian soldiers attacked Klow.",
            &["ASSAULT BOR/MIL > SYL occurred"],
            "near-miss: a count is no negation",
        ),
        (
            "Neither Ruritania nor Syldavia condemned Borduria.",
            &["ACCUSE RUR,SYL > BOR negated"],
            "neither ... nor",
        ),
        (
            "There was no agreement between Ruritania and Borduria.",
            &["SUPPORT RUR,BOR > RUR,BOR negated"],
            "existential",
        ),
        ("Ruritania left without meeting Borduria.", &["CONSULT RUR > BOR negated"], "without"),
        ("Ruritania no longer supports Borduria.", &["SUPPORT RUR > BOR negated"], "no longer"),
        (
            "Ruritania is no longer bombing Borduria.",
            &["ASSAULT RUR > BOR negated"],
            "no longer with an auxiliary",
        ),
        (
            "Ruritania never attacked Syldavia but condemned Borduria.",
            &["ASSAULT RUR > SYL negated", "ACCUSE RUR > BOR occurred"],
            "near-miss: \"but\" ends the negation",
        ),
        (
            "Not only did Ruritania condemn Borduria, it expelled the Bordurian ambassador.",
            &["ACCUSE RUR > BOR occurred", "SANCTION ~RUR > BOR/GOV occurred"],
            "near-miss: not only asserts",
        ),
    ]);
}

#[test]
fn words_that_deny_make_what_they_deny_undone() {
    check(&[
        ("Ruritania denied attacking Borduria.", &["ASSAULT RUR > BOR negated"], "gerund"),
        ("Ruritania denied having attacked Borduria.", &["ASSAULT RUR > BOR negated"], "perfect gerund"),
        ("Ruritania denied that it had bombed Borduria.", &["ASSAULT ~RUR > BOR negated"], "clause"),
        (
            "Ruritania failed to reach an agreement with Borduria.",
            &["SUPPORT RUR > BOR negated"],
            "failed to",
        ),
        ("Ruritania ruled out an attack on Borduria.", &["ASSAULT RUR > BOR negated"], "ruled out"),
        (
            "Ruritania refused to sanction Borduria.",
            &["SANCTION RUR > BOR negated"],
            "a refusal without a code of its own",
        ),
        (
            "Ruritania decided not to visit Borduria.",
            &["CONSULT RUR > BOR negated"],
            "a decision against a friendly act",
        ),
        ("Ruritania does not plan to attack Borduria.", &["ASSAULT RUR > BOR negated"], "a negated plan"),
        (
            "Ruritania did not deny that it had attacked Borduria.",
            &["ASSAULT ~RUR > BOR hypothetical"],
            "two negations leave it open",
        ),
    ]);
}

#[test]
fn modality_and_conditions_leave_it_open() {
    check(&[
        ("Ruritania could attack Borduria.", &["ASSAULT RUR > BOR hypothetical"], "could"),
        ("Ruritania may bomb Borduria.", &["ASSAULT RUR > BOR hypothetical"], "may"),
        ("Ruritania might impose sanctions on Borduria.", &["SANCTION RUR > BOR hypothetical"], "might"),
        ("Ruritania should sanction Borduria.", &["SANCTION RUR > BOR hypothetical"], "should"),
        ("Ruritania allegedly attacked Borduria.", &["ASSAULT RUR > BOR hypothetical"], "an adverb"),
        (
            "Ruritania reportedly attacked Borduria.",
            &["ASSAULT RUR > BOR occurred"],
            "near-miss: a report is told as a fact",
        ),
        (
            "Bordurian police detained eleven protesters; ten have since been let go.",
            &["COERCE BOR/COP > ~BOR/OPP occurred"],
            "behind a semicolon another sentence stands",
        ),
        ("Did Ruritania attack Borduria?", &["ASSAULT RUR > BOR hypothetical"], "a question"),
        (
            "Whether Ruritania attacked Borduria is unclear.",
            &["ASSAULT RUR > BOR hypothetical"],
            "an indirect question",
        ),
        (
            "Ruritania is considering sanctions against Borduria.",
            &["SANCTION RUR > BOR hypothetical"],
            "a verb of thinking",
        ),
        (
            "If Borduria attacks Syldavia, Ruritania will impose sanctions on Borduria.",
            &["ASSAULT BOR > SYL hypothetical", "SANCTION RUR > BOR hypothetical"],
            "both halves of a condition",
        ),
        (
            "Unless Borduria withdraws, Ruritania will attack it.",
            &["ASSAULT RUR > ~BOR hypothetical"],
            "unless",
        ),
    ]);
}

#[test]
fn the_future_of_a_friendly_act_is_an_agreement_and_of_a_hostile_one_a_threat() {
    check(&[
        ("Ruritania will visit Borduria next week.", &["AGREE RUR > BOR future"], "will, friendly"),
        (
            "Ruritania will impose sanctions on Borduria on Friday.",
            &["THREATEN RUR > BOR future"],
            "will, hostile",
        ),
        ("Ruritania is to visit Borduria.", &["AGREE RUR > BOR future"], "is to"),
        ("Ruritania is going to visit Borduria.", &["AGREE RUR > BOR future"], "is going to"),
        ("Ruritania is going to attack Borduria.", &["THREATEN RUR > BOR future"], "is going to, hostile"),
        (
            "Ruritania plans to attack Borduria.",
            &["ASSAULT RUR > BOR future"],
            "a plan that others tell is no threat",
        ),
        ("Ruritania is expected to sanction Borduria.", &["SANCTION RUR > BOR future"], "others expect it"),
        ("Ruritania prepares for an attack on Borduria.", &["ASSAULT RUR > BOR future"], "preparation"),
        (
            "Ruritania's planned invasion of Borduria alarmed Syldavia.",
            &["ASSAULT RUR > BOR future"],
            "an adjective",
        ),
        (
            "Syldavian Prime Minister Olga Bark will meet President Elphberg on Friday.",
            &["AGREE SYL/GOV > RUR/GOV future"],
            "people",
        ),
        (
            "Ruritania said it would not attack Borduria.",
            &["ASSAULT ~RUR > BOR negated"],
            "negation goes before future",
        ),
    ]);
}

#[test]
fn an_aim_is_no_deed() {
    check(&[
        ("Ruritania bought maps to bomb Borduria.", &[], "infinitive of purpose alone"),
        (
            "Kurvi Tasch came to Strelsau to meet Rudolf Elphberg.",
            &["CONSULT BOR/GOV > RUR occurred"],
            "the coming is the deed",
        ),
        (
            "Ruritania met Syldavia in order to condemn Borduria.",
            &["CONSULT RUR > SYL occurred"],
            "in order to",
        ),
        (
            "Ruritania managed to bomb Borduria.",
            &["ASSAULT RUR > BOR occurred"],
            "near-miss: an infinitive that tells the deed",
        ),
    ]);
}

#[test]
fn what_was_nearly_done_or_is_untrue_did_not_happen() {
    check(&[
        ("Ruritania nearly attacked Borduria.", &["ASSAULT RUR > BOR negated"], "nearly"),
        ("Ruritania stopped short of attacking Borduria.", &["ASSAULT RUR > BOR negated"], "short of"),
        ("Ruritania came close to attacking Borduria.", &["ASSAULT RUR > BOR negated"], "close to"),
        ("It is not true that Ruritania attacked Borduria.", &["ASSAULT RUR > BOR negated"], "not true"),
        ("It is untrue that Ruritania attacked Borduria.", &["ASSAULT RUR > BOR negated"], "untrue"),
        (
            "There is no evidence that Ruritania attacked Borduria.",
            &["ASSAULT RUR > BOR hypothetical"],
            "nobody knows",
        ),
        (
            "Suspicions that Ruritania attacked Borduria have grown.",
            &["ASSAULT RUR > BOR hypothetical"],
            "whose suspicions they are is not said",
        ),
        (
            "There is evidence that Ruritania attacked Borduria.",
            &["ASSAULT RUR > BOR occurred"],
            "near-miss: there is",
        ),
        (
            "Had Ruritania attacked Borduria, all would be lost.",
            &["ASSAULT RUR > BOR hypothetical"],
            "a condition without if",
        ),
    ]);
}
