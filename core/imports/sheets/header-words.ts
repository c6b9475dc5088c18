import { foldName } from '../../vocabulary/place-names.ts';
import type { SheetField } from './field.ts';

/**
 * What people write above columns, in English, French, Spanish, Portuguese, Indonesian and Arabic, from sheets of OCHA, its
 * clusters and ReliefWeb's 3W, 4W and 5W forms. Compared without case, accents and signs; what stands nearer to the front of
 * the table wins where two fields fit alike.
 */
const WORDS: Readonly<Record<SheetField, string>> = {
  organisation: `
    prime partner | organizacion lider |
    organisation | organization | org | organisation name | organization name | name of organisation |
    name of organization | lead organisation | lead organization | lead agency | agency | agency name | actor |
    reporting organisation | reporting organization | reporting agency | responsible organisation | who | ngo |
    programming organisation | programming organization | organisations | organizations | organization short name |
    lead partner | organisation acronym | organization acronym | operational partner | project owner | organisme |
    nom de l organisation | agence | acteur | structure | organizacion | nombre de la organizacion | organismo | entidad |
    organizacao | nome da organizacao | entidade | organisasi | nama organisasi | lembaga | المنظمة | اسم المنظمة |
    المنظمه | الجهة`,
  organisationCode: `
    organisation code | organization code | org id | organisation id | organization id | org code | iati org id`,
  organisationKind: `
    org type | organisation type | organization type | type of organisation | type of organization | agency type |
    organisation kind | type d organisation | type organisation | tipo de organizacion | tipo de organizacao |
    jenis organisasi | نوع المنظمة | actor type`,
  fundingPartner: `
    donor | donors | donor name | donor organisation | donor organization | funded by | funding agency | funder |
    funding organisation | source of funding | funding source | bailleur | bailleur de fonds | bailleurs | donante |
    donantes | financiador | doador | donatur | الجهة المانحة | المانح`,
  implementingPartner: `
    nom de l organisation partenaire | partner name | اسم الشريك |
    implementing partner | implementing partners | implementing organisation | implementing organization |
    implementing agency | implemented by | partner | partners | partner organisation | partner organization | ip |
    local partner | partenaire | partenaire de mise en oeuvre | partenaires | socio | socio implementador | socios |
    parceiro | parceiro implementador | mitra | mitra pelaksana | الشريك | الشريك المنفذ`,
  identifier: `
    project code | project id | project number | activity code | activity id | project ref | reference number | identifier |
    iati identifier | code projet | code du projet | codigo del proyecto | codigo do projeto | kode proyek`,
  name: `
    jenis kegiatan |
    activity | activities | activity name | activity title | project | project title | project name | title | what |
    programme | program | programme name | program name | intervention | type of activity | activity type |
    name of project | campaign | campaign name | main activity | name of activity | initiative | response activity |
    activite | activites | projet | nom du projet | titre du projet | type d activite | actividad | actividades | proyecto |
    nombre del proyecto | titulo | titulo del proyecto | tipo de actividad | atividade | atividades | projeto |
    nome do projeto | kegiatan | aktivitas | nama kegiatan | proyek | النشاط | اسم النشاط | المشروع | اسم المشروع`,
  description: `
    description | activity description | project description | activity details | details | description of activity |
    detailed activity | activity detail | description de l activite | descriptif | descripcion |
    descripcion de la actividad | descricao | deskripsi | keterangan kegiatan | الوصف | وصف النشاط`,
  theme: `
    sector | sectors | cluster | clusters | cluster sector | sector cluster | sector english | sector name | theme |
    themes | subsector | sub sector | sub cluster | subcluster | thematic area | topic | area of work | cluster name |
    area of responsibility | aor | secteur | secteurs | sous secteur | thematique | theme principal | sectores | tema |
    temas | subsector | setor | setores | sektor | klaster | القطاع | الموضوع`,
  audience: `
    beneficiaries type | type of beneficiary |
    audience | audiences | target group | target groups | target audience | beneficiary type | type of beneficiaries |
    beneficiary group | population group | target population | beneficiary | for whom | groupe cible | public cible |
    type de beneficiaires | poblacion objetivo | grupo meta | publico objetivo | publico alvo | grupo alvo |
    kelompok sasaran | الفئة المستهدفة`,
  channel: `
    channel | channels | modality | medium | means of communication | communication channel | canal | canaux | canales |
    canais | media | saluran | delivery modality | القناة`,
  language: `
    language used | languages used |
    language | languages | langue | langues | idioma | idiomas | lengua | lingua | bahasa | اللغة`,
  status: `
    status | activity status | project status | status of activity | implementation status | state of activity | statut |
    statut de l activite | statut du projet | etat | etat d avancement | estado | estado de la actividad | estatus |
    situacao | status kegiatan | الحالة | حالة النشاط`,
  start: `
    project start | activity start |
    start | start date | date start | starting date | date from | from | from date | begin | begin date | date open |
    start month | project start date | activity start date | planned start date | actual start date | date started |
    start of activity | date de debut | debut | date debut | fecha de inicio | fecha inicio | inicio | data de inicio |
    data inicio | tanggal mulai | mulai | تاريخ البدء | تاريخ البداية`,
  end: `
    project end | activity end | finish |
    end | end date | date end | ending date | date to | to | to date | finish date | completion date | date closed |
    end month | project end date | activity end date | planned end date | actual end date | date completed |
    end of activity | until | date de fin | fin | date fin | fecha de fin | fecha fin | fecha de finalizacion |
    fecha final | fim | data de fim | data de termino | data final | tanggal selesai | selesai | تاريخ الانتهاء |
    تاريخ النهاية`,
  period: `
    month of reporting | month of report |
    period | month | quarter | when | duration | date | dates | reporting month | reporting period | period covered |
    implementation period | timeframe | timeline | periode | mois | trimestre | mes | periodo | fecha | data | bulan |
    tanggal | waktu | التاريخ | الشهر | الفترة`,
  corridor: `
    corridor | corridors | migration route | route migratoire | ruta migratoria | rota migratoria`,
  countryCode: `
    country code | iso | iso2 | iso3 | iso code | iso 3 | iso 2 | country iso | country iso3 | iso3 code | adm0 code |
    adm0 pcode | admin0 pcode | admin0 code | admin 0 pcode | code pays | codigo pais | kode negara`,
  country: `
    country of operation | country of implementation |
    country | country name | countries | adm0 | adm0 name | admin0 | admin 0 | admin0 name | pays | nom du pays | pais |
    pais nombre | negara | البلد | الدولة`,
  admin1Code: `
    gov pcode |
    adm1 code | adm1 pcode | admin1 code | admin1 pcode | admin 1 code | admin 1 pcode | adm1 id | admin1pcod |
    region code | province code | province pcode | region pcode | state code | state pcode | governorate pcode |
    admin1 p code | pcode1 | division code | department code | code region | code province | kode provinsi |
    departamento codigo`,
  admin1: `
    adm1 | adm1 name | admin1 | admin 1 | admin1 name | admin level 1 | administrative level 1 | province | provinces |
    region | regions | state | governorate | division | county | department | oblast | province name | region name |
    state name | departement | gouvernorat | wilaya | provincia | departamento | region nombre | estado provincia |
    provincia nome | provinsi | propinsi | المحافظة | الولاية | المنطقة`,
  admin2Code: `
    adm2 code | adm2 pcode | admin2 code | admin2 pcode | admin 2 code | admin 2 pcode | adm2 id | admin2pcod |
    district code | district pcode | county pcode | municipality code | municipality pcode | admin2 p code | pcode2 |
    code district | codigo municipio | municipio codigo | kode kabupaten | zone pcode | lga pcode | locality pcode |
    island pcode`,
  admin2: `
    adm2 | adm2 name | admin2 | admin 2 | admin2 name | admin level 2 | administrative level 2 | district | districts |
    island | municipality | prefecture | district name | zone | lga | locality | area council | cercle | commune |
    municipio | canton | distrito | kabupaten | kabupaten kota | kota | regency | المديرية | القضاء | الناحية`,
  admin3Code: `
    adm3 code | adm3 pcode | admin3 code | admin3 pcode | admin 3 code | admin 3 pcode | adm3 id | admin3pcod | pcode3 |
    adm4 code | adm4 pcode | admin4 pcode | ward pcode | upazila code | union pcode | kode kecamatan | vdc code`,
  admin3: `
    adm3 | adm3 name | admin3 | admin 3 | admin3 name | admin level 3 | administrative level 3 | sub district |
    subdistrict | ward | chiefdom | upazila | union | vdc | adm4 | admin4 | arrondissement | sous prefecture | parroquia |
    kecamatan | township | barangay | woreda | payam`,
  placeCode: `
    pcode | p code | place code | location code | location pcode | ocha pcode | site pcode | pcodes | code lieu`,
  place: `
    location | locations | place | site | site name | location name | village | camp | camp name | town | city |
    settlement | where | place name | community | localite | lieu | site d intervention | lugar | localidad | ubicacion |
    local | localidade | lokasi | desa | tempat | الموقع | القرية | المخيم`,
};

const BY_PHRASE: ReadonlyMap<string, SheetField> = new Map(
  (Object.entries(WORDS) as [SheetField, string][])
    .toReversed()
    .flatMap(([field, phrases]) => phrases.split('|').map((phrase) => [foldHeader(phrase), field] as const)),
);

/** What a header seems to mean; sureness from 0 to 1. */
export interface HeaderMeaning {
  readonly field: SheetField;
  readonly confidence: number;
}

/** Characters; what is longer is a note. */
const LONGEST_HEADER = 200;
/** The header is one of the usual ones. */
const EXACT = 0.9;
/** Of two headers in one it is one. */
const EITHER = 0.6;
/** It is one with something beside it: in brackets, numbered, starred, with `name` or `list` behind it. */
const NEARLY = 0.75;

/** The field that a header names; null when it is no usual header. */
export function readHeader(header: string): HeaderMeaning | null {
  if (header.length > LONGEST_HEADER) return null;
  const exact = BY_PHRASE.get(foldHeader(header));
  if (exact !== undefined) return { field: exact, confidence: EXACT };
  const bare = foldHeader(header.replaceAll(/\([^)]*\)|\[[^\]]*\]|^[\d.]+\s/g, ' '));
  const words = bare
    .replace(/ (?:name|names|list|selected|english|en|label|s)$/, '')
    .replace(/^(?:select|please select|the|nom de la?|nom du|nombre de la?|nama) /, '');
  const near = BY_PHRASE.get(bare) ?? BY_PHRASE.get(words);
  if (near !== undefined) return { field: near, confidence: NEARLY };
  // `Province/State`
  const parts = header.split(/\/|\bor\b|\bou\b/i);
  const either = parts.length < 2 ? undefined : parts.flatMap((part) => BY_PHRASE.get(foldHeader(part)) ?? [])[0];
  return either === undefined ? null : { field: either, confidence: EITHER };
}

/** Without case, accents and signs, `adm2_PCode` as three words: `adm2 p code` is written `adm2 pcode`. */
export function foldHeader(header: string): string {
  const words = foldName(header.replaceAll(/([\p{Ll}\p{N}])(\p{Lu}\p{Ll})/gu, '$1 $2'));
  return words
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(/\bp code/g, 'pcode')
    .replaceAll(/\b(adm|admin)(?:istrative)?(?: level)? (\d)\b/g, '$1$2')
    .replaceAll(/\b(adm(?:in)?\d)(pcode|code|name|id)\b/g, '$1 $2');
}
