//! What the coder makes of English constructions: voice, clauses, coordination, light verbs and event nouns, on invented actors.

mod engine;

use engine::check;

#[test]
fn the_passive_turns_actor_and_recipient_round() {
    check(&[
        ("Ruritania bombed Borduria.", &["ASSAULT RUR > BOR occurred"], "active"),
        ("Borduria was bombed by Ruritania.", &["ASSAULT RUR > BOR occurred"], "passive"),
        ("Borduria was bombed.", &["ASSAULT - > BOR occurred"], "a passive leaves the doer open"),
        ("Ruritania got bombed by Borduria.", &["ASSAULT BOR > RUR occurred"], "get-passive"),
        (
            "Syldavia has been accused by Borduria of arming the Iron Guard.",
            &["ACCUSE BOR > SYL occurred"],
            "a passive operator",
        ),
        (
            "Three Syldavian soldiers were killed by Bordurian forces.",
            &["ASSAULT BOR/MIL > SYL/MIL occurred"],
            "counted patients",
        ),
        (
            "The Ruritanian ambassador was expelled.",
            &["SANCTION - > RUR/GOV occurred"],
            "no by-phrase, but the patient is known",
        ),
        (
            "Bordurian troops were attacked by the Iron Guard near Zlip.",
            &["ASSAULT BOR/REB > BOR/MIL occurred"],
            "\"near\" is no by-phrase",
        ),
        ("The museum was bombed with requests by visitors.", &[], "near-miss: nobody the world knows"),
    ]);
}

#[test]
fn participles_and_relative_clauses_have_their_own_arguments() {
    check(&[
        (
            "The sanctions imposed by Ruritania and Syldavia on Borduria remain in force.",
            &["SANCTION RUR,SYL > BOR occurred"],
            "reduced relative, two doers",
        ),
        (
            "Sanctions imposed on Borduria by Ruritania and Syldavia hurt.",
            &["SANCTION RUR,SYL > BOR occurred"],
            "recipient before the by-phrase",
        ),
        (
            "Weapons supplied by Freedonia to Syldavia arrived in Klow.",
            &["AID FRE > SYL occurred"],
            "reduced relative with a goal",
        ),
        (
            "Accused by Ruritania of espionage, Borduria expelled the Ruritanian ambassador.",
            &["ACCUSE RUR > BOR occurred", "SANCTION BOR > RUR/GOV occurred"],
            "fronted participle: its object is the subject",
        ),
        (
            "An agreement signed by Ruritania and Borduria ended the dispute.",
            &["SUPPORT RUR,BOR > RUR,BOR occurred"],
            "the noun of the participle is the event",
        ),
        (
            "Syldavia, which Borduria invaded, asked Ruritania for help.",
            &["ASSAULT BOR > SYL occurred", "REQUEST SYL > RUR occurred"],
            "object relative",
        ),
        (
            "Ruritania, which had bombed Borduria, is silent.",
            &["ASSAULT RUR > BOR occurred"],
            "subject relative",
        ),
        (
            "The minister that Borduria expelled returned to Strelsau.",
            &["SANCTION BOR > ?/GOV occurred"],
            "object relative with a role word of no state",
        ),
        (
            "Borduria, whose troops attacked Klow, is silent.",
            &["ASSAULT BOR/MIL > SYL occurred"],
            "\"whose\" gives the troops their state",
        ),
    ]);
}

#[test]
fn control_and_raising_supply_the_subject() {
    check(&[
        (
            "Ruritania continued to bomb Borduria.",
            &["ASSAULT RUR > BOR occurred"],
            "subject control, no operator's code",
        ),
        (
            "Ruritania compelled Syldavia to sanction Borduria.",
            &["COERCE RUR > SYL occurred", "SANCTION SYL > BOR occurred"],
            "the compelled does it",
        ),
        (
            "Borduria was ordered by the Carpathian Union to withdraw from Syldavia.",
            &["REQUEST IGO > BOR occurred"],
            "passive operator with an infinitive",
        ),
        ("Ruritania helped Syldavia defeat Borduria.", &["AID RUR > SYL occurred"], "bare infinitive"),
        (
            "Borduria is believed to have attacked Syldavia.",
            &["ASSAULT BOR > SYL hypothetical"],
            "raising over a belief",
        ),
    ]);
}

#[test]
fn titles_and_appositions_code_people_whom_no_table_knows() {
    check(&[
        (
            "Bordurian President Kurvi Tasch met Syldavian Foreign Minister Anna Muskar in Szohôd.",
            &["CONSULT BOR/GOV > SYL/GOV occurred"],
            "titles before names",
        ),
        (
            "The president of Freedonia, Rufus Firefly, condemned the Bordurian invasion of Syldavia.",
            &["ACCUSE FRE/GOV > BOR occurred", "ASSAULT BOR > SYL occurred"],
            "office, then name",
        ),
        (
            "Anna Muskar, the foreign minister of Syldavia, accused Borduria of lying.",
            &["ACCUSE SYL/GOV > BOR occurred"],
            "name, then office",
        ),
        (
            "Ivan Petrov, a Bordurian general, threatened Ruritania.",
            &["THREATEN BOR/MIL > RUR occurred"],
            "a stranger by apposition",
        ),
        (
            "Borduria's defence minister, Karl Boxer, visited Ruritania.",
            &["CONSULT BOR/GOV > RUR occurred"],
            "a stranger by possessive and office",
        ),
        (
            "The Bordurian president, Kurvi Tasch, met Rufus Firefly.",
            &["CONSULT BOR/GOV > FRE/GOV occurred"],
            "nationality, office, name",
        ),
        ("Ivan Petrov met Karl Boxer.", &[], "near-miss: strangers without office or state"),
    ]);
}

#[test]
fn coordinated_actors_are_one_event() {
    check(&[
        (
            "Ruritania, Syldavia and Freedonia condemned Borduria.",
            &["ACCUSE RUR,SYL,FRE > BOR occurred"],
            "a list of subjects",
        ),
        (
            "Borduria attacked Syldavia and Ruritania.",
            &["ASSAULT BOR > SYL,RUR occurred"],
            "a list of objects",
        ),
        (
            "Both Ruritania and Syldavia condemned Borduria.",
            &["ACCUSE RUR,SYL > BOR occurred"],
            "both ... and",
        ),
        (
            "Ruritania together with Syldavia attacked Borduria.",
            &["ASSAULT RUR,SYL > BOR occurred"],
            "together with",
        ),
        (
            "Ruritania, along with Syldavia, attacked Borduria.",
            &["ASSAULT RUR,SYL > BOR occurred"],
            "along with",
        ),
        (
            "Ruritania, but not Syldavia, condemned Borduria.",
            &["ACCUSE RUR > BOR occurred"],
            "near-miss: the excepted one did nothing",
        ),
        (
            "Ruritanian and Syldavian troops attacked Borduria.",
            &["ASSAULT RUR/MIL,SYL/MIL > BOR occurred"],
            "coordinated adjectives are two parties",
        ),
        (
            "The foreign ministers of Ruritania and Syldavia met in Klow.",
            &["CONSULT RUR/GOV,SYL/GOV > RUR/GOV,SYL/GOV occurred"],
            "one plural office, two states",
        ),
        (
            "Ruritania and Borduria held talks.",
            &["CONSULT RUR,BOR > RUR,BOR occurred"],
            "a reciprocal noun: each with the other",
        ),
    ]);
}

#[test]
fn coordinated_predicates_share_their_subject() {
    check(&[
        (
            "Ruritania condemned Borduria, praised Syldavia and thanked Freedonia.",
            &["ACCUSE RUR > BOR occurred", "SUPPORT RUR > SYL occurred", "SUPPORT RUR > FRE occurred"],
            "three predicates",
        ),
        (
            "Ruritania condemned Borduria and praised Freedonia.",
            &["ACCUSE RUR > BOR occurred", "SUPPORT RUR > FRE occurred"],
            "two predicates",
        ),
        (
            "Ruritania met Borduria and agreed to lift sanctions.",
            &["CONSULT RUR > BOR occurred", "AGREE RUR > - occurred"],
            "base action and operator",
        ),
        (
            "Borduria did not attack Syldavia but bombed Ruritania.",
            &["ASSAULT BOR > SYL negated", "ASSAULT BOR > RUR occurred"],
            "the negation ends at \"but\"",
        ),
        (
            "Ruritania has not attacked or bombed Borduria.",
            &["ASSAULT RUR > BOR negated", "ASSAULT RUR > BOR negated"],
            "near-miss: shared auxiliaries share the negation",
        ),
        (
            "Ruritania did not meet Borduria or sign the treaty with Syldavia.",
            &["CONSULT RUR > BOR negated", "SUPPORT RUR > SYL negated"],
            "the same with bare forms",
        ),
    ]);
}

#[test]
fn possessives_and_adjectives_say_whose_deed_it_is() {
    check(&[
        (
            "Borduria's attack on Syldavia surprised Ruritania.",
            &["ASSAULT BOR > SYL occurred"],
            "possessive actor",
        ),
        (
            "Ruritania's condemnation of Borduria was loud.",
            &["ACCUSE RUR > BOR occurred"],
            "possessive actor, recipient after \"of\"",
        ),
        (
            "The Bordurian invasion of Syldavia shocked many.",
            &["ASSAULT BOR > SYL occurred"],
            "adjectival actor",
        ),
        (
            "Ruritania criticised Borduria's treatment of prisoners.",
            &["ACCUSE RUR > BOR occurred"],
            "whose deed is criticised is the recipient",
        ),
        (
            "The visit of Rufus Firefly to Strelsau lasted two days.",
            &["CONSULT FRE/GOV > RUR occurred"],
            "\"of\" gives the visitor",
        ),
        (
            "Ruritania's president criticised Syldavia's government.",
            &["ACCUSE ~RUR/GOV > SYL/GOV occurred"],
            "possessives inside both parties",
        ),
        (
            "The expulsion of Ruritanian diplomats by Borduria followed.",
            &["SANCTION BOR > RUR/GOV occurred"],
            "\"of\" gives the patient, \"by\" the doer",
        ),
        (
            "Talks between Ruritania and Borduria collapsed.",
            &["CONSULT RUR,BOR > RUR,BOR occurred"],
            "between",
        ),
        (
            "Ruritanian support for Syldavia is growing.",
            &["SUPPORT RUR > SYL occurred"],
            "\"for\" gives the recipient",
        ),
        (
            "Sanctions against Borduria by the Carpathian Union hurt the economy.",
            &["SANCTION IGO > BOR occurred"],
            "against and by",
        ),
        (
            "Ruritanian cheese from the attack of the mill reached Borduria.",
            &[],
            "near-miss: an adjective before no event",
        ),
    ]);
}

#[test]
fn light_verbs_only_carry_their_nouns() {
    check(&[
        ("Ruritania imposed sanctions on Borduria.", &["SANCTION RUR > BOR occurred"], "impose"),
        ("Borduria launched an attack on Syldavia.", &["ASSAULT BOR > SYL occurred"], "launch"),
        ("Rufus Firefly paid a visit to Ruritania.", &["CONSULT FRE/GOV > RUR occurred"], "pay"),
        ("Ruritania expressed support for Syldavia.", &["SUPPORT RUR > SYL occurred"], "express"),
        ("Ruritania provided military aid to Syldavia.", &["AID RUR > SYL occurred"], "provide"),
        ("Ruritania made a threat against Borduria.", &["THREATEN RUR > BOR occurred"], "make"),
        (
            "Ruritania and Borduria held talks in Klow.",
            &["CONSULT RUR,BOR > RUR,BOR occurred"],
            "hold: two partners, no third",
        ),
        (
            "Borduria faces sanctions from Ruritania.",
            &["SANCTION RUR > BOR occurred"],
            "inverse: the subject suffers",
        ),
        (
            "Borduria came under attack from Syldavia.",
            &["ASSAULT SYL > BOR occurred"],
            "inverse with a preposition",
        ),
        ("Borduria drew criticism from Freedonia.", &["ACCUSE FRE > BOR occurred"], "inverse: draw"),
        ("Syldavia received military aid from Ruritania.", &["AID RUR > SYL occurred"], "inverse: receive"),
        (
            "Borduria suffered an attack by Syldavian forces.",
            &["ASSAULT SYL/MIL > BOR occurred"],
            "inverse: suffer",
        ),
        (
            "Clashes broke out between Bordurian and Syldavian troops.",
            &["ASSAULT BOR/MIL,SYL/MIL > BOR/MIL,SYL/MIL occurred"],
            "the noun is the subject",
        ),
        (
            "Ruritania made a film about the attack.",
            &[],
            "near-miss: the noun is not the light verb's object",
        ),
    ]);
}

#[test]
fn operators_make_one_event_of_two_words() {
    check(&[
        ("Ruritania agreed to lift sanctions on Borduria.", &["AGREE RUR > BOR occurred"], "agree x lift"),
        (
            "Ruritania urged Borduria to withdraw its troops from Syldavia.",
            &["REQUEST RUR > BOR occurred"],
            "request x withdraw: aimed at the asked",
        ),
        ("Ruritania threatened to bomb Borduria.", &["THREATEN RUR > BOR occurred"], "threaten x bomb"),
        (
            "Ruritania accused Borduria of bombing Syldavia.",
            &["ACCUSE RUR > BOR occurred"],
            "accuse x bomb: the accused is the recipient",
        ),
        ("Ruritania stopped bombing Borduria.", &["RETREAT RUR > BOR occurred"], "stop x bomb"),
        ("Ruritania refused to meet Borduria.", &["REJECT RUR > BOR occurred"], "refuse x meet"),
        (
            "Ruritania promised not to attack Borduria.",
            &["AGREE RUR > BOR occurred"],
            "a promise to refrain is no threat",
        ),
        (
            "Ruritania agreed not to attack Borduria.",
            &["AGREE RUR > BOR occurred"],
            "an agreement to refrain is no threat",
        ),
        (
            "Ruritania voted not to impose sanctions on Borduria.",
            &["AGREE RUR > BOR occurred"],
            "a vote to refrain",
        ),
        (
            "Ruritania urged Borduria not to attack Syldavia.",
            &["REQUEST RUR > BOR occurred"],
            "asked to refrain",
        ),
        (
            "Ruritania called on Borduria to stop attacking Syldavia.",
            &["REQUEST RUR > BOR occurred"],
            "three words, one event",
        ),
    ]);
}
