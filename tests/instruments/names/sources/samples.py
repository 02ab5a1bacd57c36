"""Small lists in every format, of invented people, companies and a ship; nobody of these names is known to exist."""

from __future__ import annotations

from pathlib import Path

from hemicycle.instruments.names.sources.entry import Entry, PassedOver
from hemicycle.instruments.names.sources.lists import read

NOTHING = ",".join(["-0- "] * 6)
OFAC = "\r\n".join(
    (
        f'11,"SHCHAVLINTSEV, Evgeny Yuryevich, Jr.",individual,SDGT] [IRAN,Minister of Weather,{NOTHING},'
        "\"DOB 05 Apr 1961; alt. DOB 1962; POB Nowhere; nationality Ruritania; Gender Male; a.k.a. 'THE SORREL'; "
        "Passport X1 (Ruritania); Linked To: BLUE DOLPHINARIUM CO., LTD.; Linked To: TRUBNISHCHEV, Milenty; "
        'Linked To: PISKUNTSOVA, Ivetta."',
        f'12,"BLUE DOLPHINARIUM CO., LTD.",-0- ,SDGT,-0- ,{NOTHING},"Linked To: SHCHAVLINTSEV, Evgeny Yuryevich, Jr."',
        f'13,MEDNY VSADNIK,vessel,SDGT,-0- ,{NOTHING},"IMO 1; Linked To: UNHEARD-OF SHIPPING."',
        f'14,"TRUBNISHCHEV, Milenty",individual,SDGT,-0- ,{NOTHING},"DOB circa 1970; alt. DOB 1970 to 1972; alt. DOB soon."',
        "\x1a",
        "",
    )
)
ALIASES = '11,1,aka,"SHAVLINZEW, Eugen",-0- \r\n11,2,fka,"OLDNAME, Evgeny","weak"\r\n12,3,fka,"OLD DOLPHINARIUM, INC.",-0- \r\n\x1a\r\n'
COMMENTS = "13,\"; a.k.a. 'COPPER'.\"\r\n"

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
 <INDIVIDUALS><INDIVIDUAL>
  <DATAID>690</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>AINUR</FIRST_NAME><SECOND_NAME>TIMERBULATOVICH</SECOND_NAME>
  <THIRD_NAME>CHULPANBAEV</THIRD_NAME><UN_LIST_TYPE>UTO</UN_LIST_TYPE><REFERENCE_NUMBER>UTi.001</REFERENCE_NUMBER>
  <LISTED_ON>2012-12-31</LISTED_ON><GENDER>Male</GENDER>
  <NAME_ORIGINAL_SCRIPT>Айнур Чулпанбаев</NAME_ORIGINAL_SCRIPT>
  <DESIGNATION><VALUE>Keeper of the seal</VALUE><VALUE>Deputy</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Ruritania</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Aynur Chulpanbay</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Tulip</ALIAS_NAME><DATE_OF_BIRTH>1979-01-02</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1980-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1981</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1983</FROM_YEAR><TO_YEAR>1984</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1950</FROM_YEAR><TO_YEAR>1990</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
 </INDIVIDUAL></INDIVIDUALS>
 <ENTITIES><ENTITY>
  <DATAID>691</DATAID><FIRST_NAME>MEDNY VSADNIKSTROY</FIRST_NAME><UN_LIST_TYPE>UTO</UN_LIST_TYPE>
  <REFERENCE_NUMBER>UTe.001</REFERENCE_NUMBER><LISTED_ON>2014-06-30</LISTED_ON>
  <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Plant No. 17</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>MVS</ALIAS_NAME></ENTITY_ALIAS>
 </ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""

EU_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05T16:47:04.449+02:00" globalFileId="1">
 <sanctionEntity designationDate="2022-03-01" designationDetails="" unitedNationId="" euReferenceNumber="EU.1.2" logicalId="13">
  <regulation publicationDate="2024-01-01" programme="UTO" logicalId="3"><publicationUrl>https://example.org/act</publicationUrl></regulation>
  <regulation publicationDate="2025-01-01" programme="CYB" logicalId="4"><publicationUrl>javascript:alert(1)</publicationUrl></regulation>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias firstName="Ostap" middleName="" lastName="Chmelyushko" wholeName="Ostap Chmelyushko" function="Warden" gender="M" strong="true" logicalId="17"/>
  <nameAlias firstName="Остап" middleName="" lastName="Чмелюшко" wholeName="" strong="true" logicalId="18"/>
  <nameAlias wholeName="Bumblebee" strong="false" logicalId="19"/>
  <nameAlias wholeName="O. C." strong="true" logicalId="20"><remark>Low quality alias</remark></nameAlias>
  <citizenship countryDescription="RURITANIA"/>
  <birthdate circa="false" calendarType="GREGORIAN" birthdate="1970-05-06" dayOfMonth="6" monthOfYear="5" year="1970"/>
  <birthdate circa="true" calendarType="GREGORIAN" year="1971"/>
  <birthdate circa="true" calendarType="GREGORIAN" yearRangeFrom="1973" yearRangeTo="1974"/>
  <birthdate calendarType="ISLAMIC" year="1390"/>
 </sanctionEntity>
 <sanctionEntity logicalId="14"><subjectType code="enterprise" classificationCode="E"/>
  <nameAlias wholeName="Blue Dolphinarium" function="owner of pools" strong="true"/></sanctionEntity>
</export>
"""
EU_CSV = """\ufefffileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_SubjectType;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_Function;NameAlias_Remark;BirthDate_BirthDate;BirthDate_Day;BirthDate_Month;BirthDate_Year;BirthDate_YearRangeFrom;BirthDate_YearRangeTo;BirthDate_CalendarType;Citizenship_CountryDescription
05/08/2026;13;EU.1.2;2022-03-01;P;2024-01-01;UTO;https://example.org/act;Chmelyushko;Ostap;;Ostap Chmelyushko;Warden;;;;;;;;;
05/08/2026;13;EU.1.2;2022-03-01;P;2024-01-01;UTO;https://example.org/act;Чмелюшко;Остап;;;;;;;;;;;;
05/08/2026;14;;;E;2024-01-01;UTO;;;;;"Dolphinarium; the ""Blue"" one";;;;;;;;;;
05/08/2026;13;EU.1.2;2022-03-01;P;2024-01-01;UTO;https://example.org/act;;;;Bumblebee;;Lo quality alias;;;;;;;;
05/08/2026;13;EU.1.2;2022-03-01;P;2024-01-01;CYB;https://example.org/act;;;;;;;1970-05-06;6;5;1970;;;GREGORIAN;
05/08/2026;13;EU.1.2;2022-03-01;P;2024-01-01;CYB;https://example.org/act;;;;;;;;;5;1971;;;GREGORIAN;RURITANIA
"""

UK_OFSI = """Last Updated,03/06/2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,DOB,Nationality,Position,Group Type,Alias Type,Alias Quality,Regime,Listed On,Group ID
TRUBNISHCHEV,Milentiy,Savvich,,,,Mr,Милентий Трубнищев,00/00/1975,Ruritania,Keeper of the tides,Individual,Primary name,,Utopia,02/10/2001,501
BLUE DOLPHINARIUM,,,,,,,,,,,Entity,Primary name,,Utopia,02/10/2001,502
TRUBNISHCHEFF,Milenti,,,,,,,00/03/1976,,,Individual,AKA,Good,Utopia,02/10/2001,501
THE TRUMPET,,,,,,,,15/08/19yy,,,Individual,AKA,Low,Utopia,02/10/2001,501
OLD POOL,,,,,,,,,,,Entity,FKA,,Utopia,02/10/2001,502
"""
UK_SANCTIONS = """Report Date: 13-Feb-2026
Last Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Name non-latin script,Regime Name,Designation Type,Date Designated,D.O.B,Nationality(/ies),Position,Gender,Subsidiaries,Parent company,Current owner/operator (s),Previous owner/operator (s)
12/01/2022,UTO0001,501,TRUBNISHCHEV,Milentiy,,,,,Primary Name,,,The Utopia Regulations 2020,Individual,29/06/2012,dd/mm/1975,Ruritania,Keeper of the tides,Male,,His brother,,
12/01/2022,UTO0001,501,TRUMPET,,,,,,Alias,Low quality a.k.a,,The Utopia Regulations 2020,Individual,29/06/2012,31/03/1976,,,,,,,
12/01/2022,UTO0002,,MEDNY VSADNIK,,,,,,Primary Name,,,The Utopia Regulations 2020,Ship,30/06/2012,,,,,,,Blue Dolphinarium,Old Pool
12/01/2022,UTO0003,,BLUE DOLPHINARIUM,,,,,,Primary Name variation,,,The Utopia Regulations 2020,Entity,30/06/2012,,,,,Small Pool,Big Pool,,
"""

FTM = """{"id":"p1","schema":"Person","properties":{"name":["Ivetta Piskuntsova"],"alias":["Yvette P."],"weakAlias":["Squeak"],"birthDate":["1980-01-02"],"topics":["role.pep"],"position":["Mayor"],"sourceUrl":["https://example.org/p1"],"nationality":["ruritania"],"ethnicity":["x"],"religion":["y"],"gender":["female"]}}
{"id":"c1","schema":"Company","properties":{"name":["Blue Dolphinarium"],"previousName":["Old Pool"]}}

{"id":"p2","schema":"Person","properties":{"name":["Savva Voskretnikov"],"birthDate":["unknown"]}}
{"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"],"role":["with her husband"]}}
{"id":"d1","schema":"Directorship","properties":{"director":["p2"],"organization":["c1"]}}
{"id":"f1","schema":"Family","properties":{"person":["p1"],"relative":["p2"],"relationship":["spouse"]}}
{"id":"a1","schema":"Associate","properties":{"person":["p1"],"associate":["p2"]}}
{"id":"u1","schema":"UnknownLink","properties":{"subject":["p1"],"object":["p2"]}}
{"id":"x1","schema":"Passport","properties":{"holder":["p1"],"number":["X1"]}}
{"id":"s1","schema":"Sanction","properties":{"entity":["p1"],"program":["UTO"],"listingDate":["2020-05-06"],"startDate":["2019-01-01"]}}
{"id":"s2","schema":"Sanction","properties":{"entity":["p1"],"program":["CYB"],"startDate":["2021"]}}
{"id":"q1","schema":"Position","properties":{"name":["Member of the Moot"]}}
{"id":"q2","schema":"Occupancy","properties":{"holder":["p1"],"post":["q1"]}}
"""

PLAIN = """entity_id,name,kind,schema,birth_dates,programme,position,listed_on,link
a,Аляксандр Жураўлішкаў,primary,Person,1975;1975-03-31,Moot,Bailiff,2024-05-06,https://example.org/a
b,Blue Dolphinarium,,Company,,,,,
a,Alyaxander Zhurawlishkau,alias,,1975,Moot; Tides,,,
"""

SAMPLES = {
    "ofac": OFAC,
    "un": UN,
    "eu-xml": EU_XML,
    "eu-csv": EU_CSV,
    "uk-ofsi": UK_OFSI,
    "uk-sanctions": UK_SANCTIONS,
    "ftm": FTM,
    "csv": PLAIN,
}


def written(folder: Path, text: str | bytes, name: str = "list") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def entries(
    folder: Path, text: str | bytes, *, beside: tuple[Path, ...] = ()
) -> tuple[dict[str, Entry], PassedOver]:
    """The entries of a text by their numbers, and what was passed over."""
    passed = PassedOver()
    found = list(read(written(folder, text), beside=beside, passed=passed))
    assert len({entry.entity_id for entry in found}) == len(found)
    return {entry.entity_id: entry for entry in found}, passed
