"""The closed vocabulary that tells how a place name stands in a sentence. Names of places are never listed here."""


def _words(text: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(text.split())


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
# A word beside a name -> what the name then is. "area": a part of a town or of a province, a name with no level of its own.
KIND_WORDS = (
    dict.fromkeys("province provinces governorate governorates state states oblast prefecture".split(), "admin1")
    | dict.fromkeys("district districts county subdistrict sub-district department tehsil".split(), "admin2")
    | dict.fromkeys("city cities town towns village villages township municipality hamlet capital".split(), "city")
    | dict.fromkeys(
        "area areas neighborhood neighbourhood neighborhoods neighbourhoods suburb suburbs quarter region regions valley "
        "division territory locality vicinity axis mountains hills island islands peninsula desert".split(),
        "area",
    )
)
HARD_LEVELS = {"admin1": ("admin1",), "admin2": ("admin2", "admin1"), "city": ("city", "neighbourhood")}
# What may stand between a preposition and the name it governs.
FILLERS = DIRECTIONS | _words(
    "the a an capital provincial regional district coastal port border frontier restive volatile troubled besieged "
    "war-torn violence-hit conflict-hit militant-held rebel-held government-held northernmost southernmost flashpoint "
    "ancient holy nearby neighboring neighbouring sprawling busy crowded small large largest second-largest biggest main "
    "strategic key contested oil-rich mountainous predominantly mainly mostly largely shiite shia sunni kurdish christian "
    "tribal muslim hazara tamil whole entire same old new greater metropolitan suburban affluent upscale poor "
    "disputed divided southernmost tourist resort farming mining tiny historic famous popular"
)
PLACE_NOUNS = _words(
    "outskirts edge edges outside parts part areas area suburb suburbs streets center centre heart middle vicinity "
    "neighborhood neighbourhood district districts city cities town towns village villages province provinces capital "
    "governorate governorates region regions state states county hamlet township port municipality quarter border side "
    "locality territory island banks shores forests woods mountains hills countryside north south east west northeast northwest southeast southwest stronghold bastion base "
    "community communities hub slum slums settlement metropolis"
)
LOCATIVES = _words(
    "in at near outside inside around across throughout within into over on through off along between beside amid "
    "toward towards close opposite behind above beyond"
)
NEARNESS = _words("near outside around close beside toward towards beyond off")
ORIGINS = _words("from to for against with via of")
HITTING = _words(
    "hit hits hitting struck strike strikes striking rock rocks rocked rocking shook shakes shake jolted jolts target "
    "targets targeted targeting attack attacks attacked attacking bomb bombs bombed bombing shell shells shelled shelling "
    "raid raids raided storm storms stormed storming hammered pounded ripped rip ravaged overran overrun invaded besieged "
    "terrorized terrorised devastated shattered entered enters entering"
)
SAYING = _words(
    "said says say saying told tells tell speaking spoke speaks reporters statement interview born raised based "
    "met meeting meet talks summit trained studying studied educated lived living "
    "spokesman spokeswoman spokesperson correspondent journalist analyst expert researcher reporting briefing press "
    "announced negotiations headquartered exile exiled"
)
ACTORS = _words(
    "government governments police policeman official officials authority authorities governor mayor spokesman "
    "spokeswoman spokesperson resident residents council councillor citizen citizens forces force troops army military "
    "administration ambassador president minister leader leaders people man men woman women native natives native-born "
    "national nationals regime parliament lawmaker lawmakers senator tribe tribes tribesmen fighter fighters militants "
    "branch affiliate province's based born bureau correspondent journalist journalists team club side fans student "
    "students family families refugees migrants businessman doctor doctors chief commander sheriff prosecutor court's "
    "deputy deputies intelligence security department departments office operations command brigade"
)
EVENT_NOUNS = _words(
    "attack attacks bombing bombings blast blasts explosion explosions shooting shootings massacre massacres siege raid "
    "raids strike strikes airstrike airstrikes clash clashes killing killings assault ambush riot riots stabbing rampage "
    "violence crisis incident tragedy home house apartment residence airport hospital school university college mosque "
    "church temple synagogue cathedral hotel market bazaar mall nightclub club bar restaurant cafe café street streets "
    "road highway motorway bridge station square park prison jail base airbase airfield checkpoint embassy consulate "
    "compound neighborhood neighbourhood suburb suburbs district area region city province town village outskirts "
    "countryside courthouse cinema theater theatre stadium shrine factory office offices warehouse store shop "
    "supermarket newspaper ministry barracks camp port railway metro subway bus train post computer elementary high "
    "middle primary secondary border"
)
MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec"
)
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)
TITLES = _words(
    "mr mrs ms dr prof gen maj col lt sgt cpl capt cmdr adm brig pvt sen rep gov hon rev fr sir lord lady dame "
    "president vice-president minister premier chancellor general major colonel lieutenant sergeant captain commander "
    "admiral brigadier private senator congressman congresswoman representative mullah maulvi mawlawi maulana sheikh "
    "shaikh imam ayatollah king queen prince princess professor judge justice detective officer inspector agent deputy "
    "secretary spokesman spokeswoman spokesperson ambassador director chairman chairwoman emir haji hajji mayor sheriff "
    "chief father brother sister pope bishop archbishop rabbi corporal trooper constable"
)
# Words that begin a sentence, a label or an organisation, though some village bears their name.
NO_NAMES = (
    MONTHS
    | WEEKDAYS
    | _words(
        "a an and another asia africa europe oceania downtown uptown midtown any are around as at be both but by each early earlier either even every few first five for "
        "four from he her his how however i if in including inside is it its just last late later less like many more "
        "most much my near nearly neither no none nor not now of off officials on once one only or other others our out "
        "over police pro second several shortly she since six so some such ten than that the their then there these they "
        "third this those three to today tonight too two under unless until up us was we were what when where whether "
        "which while who whose why will with within without you your seven eight nine eleven twelve twenty thirty "
        "according after again against all also although among authorities army air al about above across before being "
        "below between beyond during despite did do does has have had can could would should may might must local least "
        "here him them me gunmen militants islam islamic muslim muslims christian christians jewish jews hindu hindus sikh "
        "sikhs shia shiite shiites shi'ite sunni sunnis kurdish kurd kurds arab arabs pashtun pashtuns hazara hazaras "
        "tajik uzbek baloch baluch tuareg hutu tutsi rohingya yazidi yazidis yezidi western eastern northern southern "
        "central west east north south middle english french arabic ramadan eid christmas easter ashura ashoura muharram "
        "god allah quran koran bible church mosque taliban isis isil daesh qaeda qaida hamas hezbollah hizbullah houthi "
        "houthis houthis fatah peshmerga boko haram shabaab shabab jihad jihadi jihadist lashkar jaish jamaat tehrik "
        "farc eln ira eta pkk ypg nato isaf un unama unicef eu au icc cia fbi cnn bbc ap afp reuters nbc cbs abc npr ied "
        "ieds suv tv ngo ngos ak rpg pm am gmt est mp mps republican republicans democrat democrats congress parliament "
        "senate house government state states national international united federal royal supreme security council "
        "general assembly court ministry minister department office bureau agency commission committee union party "
        "front movement army navy marines force forces guard guards police brigade battalion regiment corps command "
        "operation mission unit team group groups special task defense defence interior foreign justice health education "
        "human rights watch amnesty red cross crescent doctors borders save children world global times post news media "
        "press radio television channel facebook twitter youtube internet instagram telegram google apple microsoft "
        "university college school hospital hotel center centre airport street road avenue square park bridge base camp "
        "prison market mall station club bar restaurant embassy consulate mr mrs ms dr attack attacks bomb bombs bombing "
        "bombings killed dead suicide car shooting shootings explosion blast massacre timeline list map photo image video "
        "read watch share comment comments advertisement copyright reporting editing writing source sources green black "
        "white blue grey gray gold silver brown young old new big little long short high low king queen prince lord "
        "liberty victory hope faith mercy grace union independence freedom peace war independent progress paradise "
        "mountain hill valley river lake bay beach ocean sea island bank banks wood woods forest field fields spring "
        "winter summer autumn fall day night morning evening afternoon week weekend month year years new year's eve "
        "americans officer officers students victims witnesses residents soldiers troops civilians women men man woman "
        "boy girl father mother son daughter brother sister wife husband ex mass school gun guns ar uber mercedes real "
        "because due fan band brand clash clashes battle part multiple separate unidentified unknown armed hundreds dozens "
        "scores thousands millions tens meanwhile moreover nevertheless additionally eyewitnesses responsibility "
    )
)
# Names of persons that are names of places too: places only where the sentence says so.
PERSON_NAMES = _words(
    "bin ibn abu abdul abdullah mohammad mohammed muhammad mohamed ahmad ahmed ali hassan hussein hasan "
    "hussain khan omar umar ibrahim ismail yusuf karim rahman rahim aziz hamid mahmoud mahmood mustafa said saeed "
    "john james robert michael william david richard joseph thomas charles daniel matthew mark paul steven andrew "
    "kevin brian george edward jason jeffrey ryan jacob gary nicholas eric stephen jonathan larry justin scott "
    "brandon frank benjamin gregory samuel raymond patrick alexander jack dennis jerry tyler aaron jose henry adam "
    "douglas nathan peter zachary kyle walter harold jeremy carl keith roger terry lawrence sean albert jesse dylan "
    "bryan joe billy bruce gabriel logan willie ralph roy eugene randy vincent bobby russell mary patricia "
    "jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly "
    "emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen amy angela "
    "anna ruth brenda pamela nicole katherine samantha christine catherine hans ivan vladimir sergei "
    "juan carlos luis miguel pedro maria fatima aisha zahra osama ayman saddam barack donald hillary biden trump "
    "obama bush clinton moore smith jones johnson brown davis miller wilson taylor anderson jackson harris martin "
    "thompson garcia martinez robinson clark rodriguez lewis lee walker hall allen hernandez wright lopez hill "
    "green baker adams nelson carter mitchell perez roberts turner phillips campbell parker evans edwards collins "
    "stewart sanchez morris rogers reed cook morgan bell murphy bailey rivera cooper richardson cox howard ward "
    "torres peterson gray ramirez watson brooks kelly sanders price bennett barnes ross henderson coleman jenkins "
    "perry powell long patterson hughes flores butler simmons foster bryant"
)
VENUE_NOUNS = _words(
    "mosque masjid church cathedral temple synagogue shrine monastery seminary chapel mausoleum basilica gurdwara "
    "hospital clinic hotel inn motel resort school university college academy institute madrassa kindergarten campus "
    "airport airfield airbase base barracks camp prison jail detention embassy consulate ministry headquarters "
    "center centre mall market bazaar supermarket store cafeteria restaurant cafe café club nightclub bar pub cinema "
    "theater theatre stadium arena museum library station terminal bridge tunnel square circle street road avenue "
    "boulevard highway park garden gardens gate tower towers plaza building palace courthouse court hall house office "
    "factory plant refinery dam mine bank checkpoint checkpost outpost compound complex zone crossing pass "
    "roundabout intersection facility parlor parlour festival marathon"
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
    "mosque church cathedral temple synagogue shrine hospital hotel school university college airport airfield airbase "
    "base prison jail embassy consulate ministry mall market bazaar stadium station bridge tunnel square park gate "
    "palace courthouse checkpoint nightclub restaurant café cafe theatre theater cinema refinery dam factory"
)
MINISTRIES = _words(
    "foreign interior defense defence justice finance health education information culture agriculture energy oil "
    "transport communications planning trade labor labour"
)
US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
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
    "OKLA": "Oklahoma", "ORE": "Oregon", "PENN": "Pennsylvania", "TENN": "Tennessee", "TEX": "Texas", "WASH": "Washington",
    "WIS": "Wisconsin", "WYO": "Wyoming",
}  # fmt: skip
