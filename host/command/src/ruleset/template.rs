//! What `stele ruleset new` starts from: files with `{{placeholders}}`, and the tables and texts of
//! shipped rulesets where a ready-made component has them. The numbers of one law are never written
//! for another: where the place is another, what its law says is left to be written.

use stele_ruleset::UNWRITTEN;

use super::schema;

/// The schema beside `formulas.toml`, which the first line of the template names. No package has it.
const SCHEMA_FILE: &str = "formulas.schema.json";

/// Files of a new ruleset, by their path in its folder.
pub(super) type Files = Vec<(String, String)>;

/// A component that can be started from data alone.
pub(super) struct Starter {
    /// The component's name.
    pub(super) component: &'static str,
    /// Its kind.
    pub(super) kind: &'static str,
    /// The law whose numbers it has; none: they are a company's own to choose.
    pub(super) law: Option<Law>,
    parameters: &'static str,
    case: (&'static str, &'static str),
    /// Labels of what the rule declares, by language; the title in them is replaced.
    texts: [(&'static str, &'static str); 2],
}

/// A law whose numbers a starter has.
pub(super) struct Law {
    /// The place, as a jurisdiction.
    pub(super) place: &'static str,
    /// The case where the law is another, whose numbers are yet to be written.
    case_elsewhere: &'static str,
}

impl Starter {
    /// The law of another place than this jurisdiction, which must not be written as its law.
    pub(super) fn other_law(&self, jurisdiction: Option<&str>) -> Option<&Law> {
        self.law.as_ref().filter(|law| jurisdiction != Some(law.place))
    }
}

/// The components of this repository that a company fills with data of its own.
pub(super) const STARTERS: [Starter; 3] = [
    Starter {
        component: "points",
        kind: "points",
        law: None,
        parameters: include_str!("template/points/parameters.toml"),
        case: ("cases/a-month.toml", include_str!("template/points/case.toml")),
        texts: [
            ("en", include_str!("../../../../rulesets/acme/points/texts/en.toml")),
            ("zh", include_str!("../../../../rulesets/acme/points/texts/zh.toml")),
        ],
    },
    Starter {
        component: "performance",
        kind: "performance",
        law: None,
        parameters: include_str!("template/performance/parameters.toml"),
        case: ("cases/a-review.toml", include_str!("template/performance/case.toml")),
        texts: [
            ("en", include_str!("../../../../rulesets/acme/probation/texts/en.toml")),
            ("zh", include_str!("../../../../rulesets/acme/probation/texts/zh.toml")),
        ],
    },
    // The minimum standards of the directive, which every house rule in the Union starts from. No
    // member state's law is the same.
    Starter {
        component: "labor-law",
        kind: "labor-law",
        law: Some(Law {
            place: "EU",
            case_elsewhere: include_str!("template/labor-law/case-of-a-law.toml"),
        }),
        parameters: include_str!("../../../../rulesets/eu/working-time/parameters.toml"),
        case: ("cases/annual-leave.toml", include_str!("template/labor-law/case.toml")),
        texts: [
            ("en", include_str!("../../../../rulesets/eu/working-time/texts/en.toml")),
            ("zh", include_str!("../../../../rulesets/eu/working-time/texts/zh.toml")),
        ],
    },
];

/// What stands in the place of the placeholders.
pub(super) struct Words {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) component: String,
    /// Version of the machine that runs its formulas, where it is made of formulas.
    pub(super) machine: Option<u32>,
    pub(super) jurisdiction: Option<String>,
    pub(super) languages: Vec<String>,
    pub(super) currency: String,
    pub(super) decimals: u8,
    pub(super) from: jiff::civil::Date,
    pub(super) until: jiff::civil::Date,
    pub(super) folder: String,
}

impl Words {
    fn fill(&self, text: &str) -> String {
        let jurisdiction = match &self.jurisdiction {
            Some(place) => format!("jurisdiction = \"{place}\"\n"),
            None => String::new(),
        };
        let languages: Vec<String> =
            self.languages.iter().map(|tag| format!("\"{tag}\"")).collect();
        let currency = format!("currency = \"{}\"\ndecimals = {}\n", self.currency, self.decimals);
        let made_of = match self.machine {
            Some(machine) => format!("machine = {machine}"),
            None => format!("component = \"{}\"", self.component),
        };
        let cited = match self.jurisdiction {
            Some(_) => format!("{UNWRITTEN}: law or publication"),
            None => format!("First draft of {}", self.name),
        };
        [
            ("{{name}}", self.name.clone()),
            ("{{title}}", self.title.clone()),
            ("{{kind}}", self.kind.clone()),
            ("{{component}}", self.component.clone()),
            ("{{made_of}}", made_of),
            ("{{cited}}", cited),
            ("{{decimals}}", self.decimals.to_string()),
            ("{{struct}}", struct_name(&self.component)),
            ("{{jurisdiction}}", jurisdiction),
            ("{{languages}}", languages.join(", ")),
            ("{{currency}}", currency),
            ("{{money}}", self.currency.clone()),
            ("{{from}}", self.from.to_string()),
            ("{{until}}", self.until.to_string()),
            ("{{last_month}}", self.until.first_of_month().to_string()),
            ("{{folder}}", self.folder.clone()),
        ]
        .iter()
        .fold(text.to_owned(), |text, (placeholder, word)| text.replace(placeholder, word))
    }

    /// `ruleset.toml`.
    pub(super) fn manifest(&self) -> String {
        self.fill(include_str!("template/manifest.toml"))
    }

    /// The folder of a ruleset of a ready-made component. Where the starter's numbers are the law of
    /// another place, `blank` stands in their place.
    pub(super) fn data(&self, starter: &Starter, blank: &str) -> Files {
        let (path, case) = starter.case;
        let (parameters, case) = match starter.other_law(self.jurisdiction.as_deref()) {
            Some(law) => (blank.to_owned(), law.case_elsewhere),
            None => (self.fill(starter.parameters), case),
        };
        let mut files = vec![
            ("ruleset.toml".to_owned(), self.manifest()),
            ("parameters.toml".to_owned(), parameters),
            (path.to_owned(), self.fill(case)),
            ("README.md".to_owned(), self.readme()),
        ];
        for (tag, text) in starter.texts {
            if self.languages.iter().any(|wanted| wanted == tag) {
                files.push((format!("texts/{tag}.toml"), self.titled(text)));
            }
        }
        files
    }

    /// The README of a ruleset of a ready-made component, or of formulas.
    pub(super) fn readme(&self) -> String {
        self.fill(match self.machine {
            None => include_str!("template/README-data.md"),
            Some(_) => include_str!("template/README-formulas.md"),
        })
    }

    /// The folder of a ruleset with a rule of its own. The law of a place is left to be written.
    pub(super) fn code(&self) -> Files {
        let (parameters, case) = match self.jurisdiction {
            None => (
                include_str!("template/code/parameters.toml"),
                include_str!("template/code/case.toml"),
            ),
            Some(_) => (
                include_str!("template/code/parameters-of-a-law.toml"),
                include_str!("template/code/case-of-a-law.toml"),
            ),
        };
        let mut files = vec![
            ("ruleset.toml".to_owned(), self.manifest()),
            ("parameters.toml".to_owned(), self.fill(parameters)),
            ("cases/ten-hours.toml".to_owned(), self.fill(case)),
            ("README.md".to_owned(), self.fill(include_str!("template/README-code.md"))),
        ];
        if self.languages.iter().any(|wanted| wanted == "en") {
            let english = self.fill(include_str!("template/code/en.toml"));
            files.push(("texts/en.toml".to_owned(), english));
        }
        files
    }

    /// The folder of a ruleset made of formulas. The law of a place is left to be written.
    pub(super) fn formulas(&self) -> Files {
        let (parameters, case) = match self.jurisdiction {
            None => (
                include_str!("template/formulas/parameters.toml"),
                include_str!("template/code/case.toml"),
            ),
            Some(_) => (
                include_str!("template/formulas/parameters-of-a-law.toml"),
                include_str!("template/code/case-of-a-law.toml"),
            ),
        };
        let formulas = include_str!("template/formulas/formulas.toml");
        vec![
            ("ruleset.toml".to_owned(), self.manifest()),
            ("formulas.toml".to_owned(), self.fill(formulas)),
            (SCHEMA_FILE.to_owned(), schema::text()),
            ("parameters.toml".to_owned(), self.fill(parameters)),
            ("cases/ten-hours.toml".to_owned(), self.fill(case)),
            ("README.md".to_owned(), self.readme()),
        ]
    }

    /// The crate of a rule.
    pub(super) fn plugin(&self) -> Files {
        vec![
            ("Cargo.toml".to_owned(), self.fill(include_str!("template/code/Cargo.toml"))),
            ("src/lib.rs".to_owned(), self.fill(include_str!("template/code/lib.rs"))),
        ]
    }

    /// Texts of a shipped ruleset with this title, without the names of its own events and without
    /// what it leaves out.
    fn titled(&self, text: &str) -> String {
        let mut kept = Vec::new();
        let mut is_its_own = false;
        for line in text.lines() {
            if line.starts_with('[') {
                is_its_own = matches!(line, "[subjects]" | "[leaves_out]");
            }
            if line.starts_with("title = ") {
                kept.push(format!("title = \"{}\"", self.title));
            } else if !is_its_own {
                kept.push(line.to_owned());
            }
        }
        kept.join("\n").trim_end().to_owned() + "\n"
    }
}

/// `acme-overtime` as `AcmeOvertime`.
fn struct_name(component: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    component.split('-').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(jurisdiction: Option<&str>) -> Words {
        Words {
            name: "acme/overtime".to_owned(),
            title: "Acme: overtime".to_owned(),
            kind: "payroll".to_owned(),
            component: "acme-overtime".to_owned(),
            machine: None,
            jurisdiction: jurisdiction.map(str::to_owned),
            languages: vec!["en".to_owned(), "zh".to_owned()],
            currency: "EUR".to_owned(),
            decimals: 2,
            from: jiff::civil::date(2026, 1, 1),
            until: jiff::civil::date(2026, 12, 31),
            folder: "rulesets/acme/overtime".to_owned(),
        }
    }

    #[test]
    fn no_placeholder_is_left_in_what_is_written() {
        for words in [words(None), words(Some("EU")), words(Some("KE"))] {
            let data = STARTERS.iter().flat_map(|starter| words.data(starter, ""));
            for (path, text) in
                words.code().into_iter().chain(words.formulas()).chain(words.plugin()).chain(data)
            {
                assert!(!text.contains("{{"), "{path}: {text}");
            }
        }
        assert_eq!(struct_name("acme-overtime"), "AcmeOvertime");
    }

    #[test]
    fn a_law_is_written_for_its_own_place_only() {
        let parameters =
            |files: Files| files.into_iter().find(|(path, _)| path == "parameters.toml").unwrap().1;
        for starter in STARTERS.iter().filter(|starter| starter.law.is_some()) {
            for place in [None, Some("KE"), Some("DE")] {
                assert_eq!(parameters(words(place).data(starter, "blank")), "blank", "{place:?}");
            }
            assert_ne!(parameters(words(Some("EU")).data(starter, "blank")), "blank");
        }
        let code = parameters(words(Some("KE")).code());
        let values: Vec<&str> = code.lines().filter(|line| line.starts_with("value")).collect();
        assert_eq!(values.len(), 3);
        assert!(values.iter().all(|line| line.contains(stele_ruleset::UNWRITTEN)), "{code}");
    }
}
