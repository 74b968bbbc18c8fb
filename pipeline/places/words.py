"""The vocabulary that tells how a place name stands in a sentence. Names of places are never listed here.

What is closed stands here; words that look like places and are none (persons, groups, peoples, common words) are an
open list, `seeds/words/no_places.csv`.
"""

from pipeline.text.words import WORDS, load_words


def _words(text: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(text.split())


def _listed(*reasons: str) -> frozenset[str]:
    """Give the words of no_places.csv that are no places for one of these reasons."""
    rows = load_words(WORDS / "no_places.csv", ("why", "words"), ("why", "words"))
    return frozenset(word.strip().lower() for r in rows if r["why"] in reasons for word in r["words"].split("|"))


DIRECTIONS = _words(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "north-east north-west south-east south-west northeastern northwestern southeastern southwestern north-eastern "
    "north-western south-eastern south-western upper lower inner outer downtown rural remote mainland"
)
COMPASS = {
    "north": 0, "northern": 0, "northeast": 45, "north-east": 45, "northeastern": 45, "north-eastern": 45, "east": 90,
    "eastern": 90, "southeast": 135, "south-east": 135, "southeastern": 135, "south-eastern": 135, "south": 180,
    "southern": 180, "southwest": 225, "south-west": 225, "southwestern": 225, "south-western": 225, "west": 270,
    "western": 270, "northwest": 315, "north-west": 315, "northwestern": 315, "north-western": 315,
}  # fmt: skip
# A word beside a name -> what the name then is; "area" is a part of a town or province, with no level of its own.
KIND_WORDS = (
    dict.fromkeys(
        "province provinces governorate governorates state states oblast krai governate emirate prefecture".split(),
        "admin1",
    )
    | dict.fromkeys(
        "district districts county subdistrict sub-district department tehsil raion lga territory".split(), "admin2"
    )
    | dict.fromkeys(
        "city cities town towns village villages hamlet settlement kibbutz community capital".split(),
        "city",
    )
    | dict.fromkeys("township townships municipality municipalities commune communes".split(), "commune")
    | dict.fromkeys(
        "neighborhood neighbourhood neighborhoods neighbourhoods suburb suburbs quarter favela slum".split(), "quarter"
    )
    | dict.fromkeys(
        "area areas region regions valley division locality vicinity axis mountains hills island islands peninsula "
        "desert".split(),
        "area",
    )
)
# What may stand between a preposition and the name it governs.
FILLERS = DIRECTIONS | _words(
    "the a an capital provincial regional district coastal port border frontier restive volatile troubled "
    "besieged war-torn violence-hit conflict-hit militant-held rebel-held government-held northernmost "
    "southernmost flashpoint ancient holy nearby neighboring neighbouring sprawling busy crowded small large "
    "largest second-largest biggest main strategic key contested oil-rich mountainous predominantly mainly mostly "
    "largely shiite shia sunni kurdish christian tribal muslim hazara tamil whole entire same old new greater "
    "metropolitan suburban affluent upscale poor held rebel militant disputed divided tourist resort farming "
    "mining tiny historic famous popular"
)
PLACE_NOUNS = _words(
    "outskirts edge edges outside parts part areas area suburb suburbs streets center centre heart middle "
    "vicinity neighborhood neighbourhood district districts city cities town towns village villages province "
    "provinces capital governorate governorates region regions state states county hamlet township port "
    "municipality quarter border side locality territory island banks shores forests woods mountains hills "
    "countryside north south east west northeast northwest southeast southwest stronghold bastion base community "
    "communities hub slum slums settlement metropolis"
)
LOCATIVES = _words(
    "in at near outside inside around across throughout within into over on through off along between beside amid "
    "toward towards close opposite behind above beyond"
)
NEARNESS = _words("near outside around close beside toward towards beyond off")
HITTING = _words(
    "hit hits hitting struck strike strikes striking rock rocks rocked rocking shook shakes shake jolted jolts "
    "target targets targeted targeting attack attacks attacked attacking bomb bombs bombed bombing shell shells "
    "shelled shelling raid raids raided storm storms stormed storming hammered pounded ripped rip ravaged overran "
    "overrun invaded besieged terrorized terrorised devastated shattered burned burnt torched looted destroyed "
    "damaged plundered occupied seized captured recaptured retook "
    "access accessed reached leaving entered "
    "enters entering"
)
# Verbs whose object is a place even where no gazetteer knows it.
TAKING = _words("invaded invading overran overrun sacked sacking ransacked ransacking razed razing besieged besieging")
# What was done, right before "in": whoever spoke of it, the place is where it happened.
HARM_NOUNS = _words(
    "attack attacks bombing bombings blast blasts explosion explosions shooting shootings massacre raid raids strike "
    "strikes airstrike airstrikes clash clashes killing killings assault ambush stabbing bomb bombs fighting shelling"
)
# What may belong to a town and be struck: "the police station of", "the town hall of".
STANDING = _words(
    "station post posts hall centre center site camp camps prison hospital clinic church mosque market barracks base "
    "port courthouse school bridge airport quarter bar"
)
CIVIC = STANDING - _words("church mosque school bridge camp camps site bar base quarter port")
SAYING = _words(
    "said says say saying told tells tell speaking spoke speaks reporters statement interview born raised based "
    "met meeting meet talks summit trained studying studied educated lived living spokesman spokeswoman "
    "spokesperson correspondent journalist analyst expert researcher reporting briefing press announced "
    "communiqué communique news issued televised negotiations headquartered exile exiled"
)
ACTORS = _words(
    "government governments police policeman official officials authority authorities governor mayor spokesman "
    "spokeswoman spokesperson resident residents council councillor citizen citizens forces force troops army "
    "military administration ambassador president minister leader leaders people man men woman women native "
    "natives native-born national nationals regime parliament lawmaker lawmakers senator tribe tribes tribesmen "
    "fighter fighters militants branch affiliate province's based born bureau correspondent journalist "
    "journalists team club side fans student students family families refugees migrants businessman doctor "
    "doctors chief commander sheriff prosecutor court's deputy deputies intelligence security department "
    "departments office operations command brigade"
)
EVENT_NOUNS = _words(
    "attack attacks bombing bombings blast blasts explosion explosions shooting shootings massacre massacres "
    "siege raid raids strike strikes airstrike airstrikes clash clashes killing killings assault ambush riot "
    "riots stabbing rampage violence crisis incident tragedy home house apartment residence airport hospital "
    "school university college mosque church temple synagogue cathedral hotel market bazaar mall nightclub club "
    "bar restaurant cafe café street streets road highway motorway bridge station square park prison jail base "
    "airbase airfield checkpoint embassy consulate compound neighborhood neighbourhood suburb suburbs district "
    "area region city province town village outskirts countryside courthouse cinema theater theatre stadium "
    "shrine factory office offices warehouse store shop supermarket newspaper ministry barracks camp port railway "
    "metro subway bus train post computer elementary high middle primary secondary border"
)
MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)
TITLES = _words(
    "mr mrs ms dr prof gen maj col lt sgt cpl capt cmdr adm brig pvt sen rep gov hon rev fr sir lord lady dame "
    "president vice-president minister premier chancellor general major colonel lieutenant sergeant captain "
    "commander admiral brigadier private senator congressman congresswoman representative mullah maulvi mawlawi "
    "maulana sheikh shaikh imam ayatollah king queen prince princess professor judge justice detective officer "
    "inspector agent deputy secretary spokesman spokeswoman spokesperson ambassador director chairman chairwoman "
    "emir haji hajji mayor sheriff chief father brother sister pope bishop archbishop rabbi corporal trooper "
    "constable"
)
NO_NAMES = MONTHS | WEEKDAYS | _listed("common word", "people", "group or brand")
# Names of persons that are names of places too: places only where the sentence says so.
PERSON_NAMES = _listed("person")
HONOURED = PERSON_NAMES | _listed("honoured person")  # schools and streets bear their names
VENUE_NOUNS = _words(
    "mosque masjid church cathedral temple synagogue shrine monastery seminary chapel mausoleum basilica gurdwara "
    "hospital clinic hotel inn motel resort school university college academy institute madrassa kindergarten "
    "campus airport airfield airbase base barracks camp prison jail detention embassy consulate ministry "
    "headquarters center centre mall market bazaar supermarket store cafeteria restaurant cafe café club "
    "nightclub bar pub cinema theater theatre stadium arena museum library station terminal bridge tunnel square "
    "circle street road avenue boulevard highway park garden gardens gate tower towers plaza building palace "
    "courthouse court hall house office factory plant refinery dam mine bank checkpoint checkpost outpost "
    "compound complex zone crossing pass roundabout intersection facility parlor parlour festival marathon"
)
STREETS = _words("street road avenue boulevard highway drive lane way motorway expressway")
# Names of newspapers and the like after a place: "The Baltimore Sun".
PRESS = _words(
    "post times tribune herald journal globe chronicle gazette daily telegraph guardian observer sun star review"
)
VENUE_OF = _words(
    "ministry university department embassy consulate bank church college institute directorate cathedral museum "
    "academy office mosque tomb shrine house court"
)
LOWER_VENUES = _words(
    "mosque church cathedral temple synagogue shrine hospital hotel school university college airport airfield "
    "airbase base prison jail embassy consulate ministry mall market bazaar stadium station bridge tunnel square "
    "park gate palace courthouse checkpoint nightclub camp restaurant café cafe theatre theater cinema refinery "
    "dam factory"
)
MINISTRIES = _words(
    "foreign interior defense defence justice finance health education information culture agriculture energy oil "
    "transport communications planning trade labor labour"
)
# The last word of a group's or office's name: places in it say where it is from, not where something happened.
GROUPS = _words(
    "front army movement party brigade brigades council forces force union organization organisation committee "
    "agency commission league alliance coalition fighters tigers group network state administration corporation "
    "company society"
)
# After a nationality: what is of that country and stands in it. Soldiers and officials may act abroad.
AT_HOME = _words(
    "police policeman policemen policewoman authorities government interior capital city cities town village "
    "province provinces state district region border parliament court hospital health territory soil port island "
    "prime president"
)
GUESTS = _words(
    "embassy consulate tourist tourists national nationals citizen citizens diplomat diplomats ambassador worker "
    "workers journalist journalists contractor contractors business businessman businessmen engineer engineers "
    "charity doctor teacher missionary missionaries hostage hostages student students refugee refugees migrant "
    "migrants embassies"
)
US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "ALA": "Alabama", "ARIZ": "Arizona", "ARK": "Arkansas",
    "CALIF": "California", "COLO": "Colorado", "CONN": "Connecticut", "DEL": "Delaware", "FLA": "Florida",
    "ILL": "Illinois", "IND": "Indiana", "KAN": "Kansas", "MASS": "Massachusetts", "MICH": "Michigan",
    "MINN": "Minnesota", "MISS": "Mississippi", "MONT": "Montana", "NEB": "Nebraska", "NEV": "Nevada",
    "OKLA": "Oklahoma", "ORE": "Oregon", "PENN": "Pennsylvania", "TENN": "Tennessee", "TEX": "Texas",
    "WASH": "Washington", "WIS": "Wisconsin", "WYO": "Wyoming",
}  # fmt: skip
