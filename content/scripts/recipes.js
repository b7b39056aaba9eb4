import { copyButton } from './copying.js';
import { make } from './dom.js';
import { word } from './words.js';

/**
 * What a program needs to reach this portal.
 * @typedef {{origin: string, secret: string, aeTitle: string, port: number, tlsPort: number|null}} Reach
 */

/** What stands for the study that a reader puts in. */
const study = 'STUDY_INSTANCE_UID';

/** Each program with lines that can be pasted as they are. @type {{name: string, where: string, text: (reach: Reach) => string}[]} */
const recipes = [
  { name: 'curl', where: 'shell', text: ({ origin, secret }) => `curl -H "Authorization: Bearer ${secret}" "${origin}/dicomweb/studies?limit=10"` },
  { name: 'dicomweb-client', where: 'shell', text: ({ origin, secret }) => `dicomweb_client --url ${origin}/dicomweb --bearer-token=${secret} search studies` },
  { name: 'OHIF', where: 'ohif', text: ({ origin, secret }) => `# nginx.conf
location /dicomweb/ {
    proxy_pass ${origin};
    proxy_set_header Authorization "Bearer ${secret}";
}

// app-config.js, dataSources
{
  namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
  sourceName: 'preview',
  configuration: {
    friendlyName: 'Preview DICOM',
    qidoRoot: '/dicomweb', wadoRoot: '/dicomweb', wadoUriRoot: '/wado',
    qidoSupportsIncludeField: true, supportsFuzzyMatching: true, supportsWildcard: true,
    imageRendering: 'wadors', thumbnailRendering: 'wadors', enableStudyLazyLoad: true,
    bulkDataURI: { enabled: true }, singlepart: 'bulkdata,video,pdf',
  },
}` },
  { name: '3D Slicer', where: 'slicer', text: ({ origin, secret }) => `from DICOMLib import DICOMUtils
DICOMUtils.importFromDICOMWeb("${origin}/dicomweb", "${study}", accessToken="${secret}")` },
  { name: 'Weasis', where: 'weasis', text: ({ origin, secret }) => `weasis://${encodeURIComponent(
    `$dicom:rs --url "${origin}/dicomweb" -r "studyUID=${study}" -H "Authorization: Bearer ${secret}"`)}` },
  { name: 'storescu', where: 'storescu', text: storeCommands },
];

/** Over plain DICOM, and over TLS where it is spoken. @param {Reach} reach */
function storeCommands({ origin, aeTitle, port, tlsPort }) {
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
  const plain = `storescu -aec ${aeTitle} ${host} ${port} +sd +r folder/`;
  return tlsPort ? `${plain}\nstorescu -aec ${aeTitle} +tls device.key device.pem +cf ca.pem ${host} ${tlsPort} +sd +r folder/` : plain;
}

/** A list of programs, each with what to paste where. @param {Reach} reach */
export function recipeList(reach) {
  return make('div', { class: 'recipes' }, recipes.map(({ name, where, text }, index) => {
    const lines = text(reach);
    return make('details', { class: 'recipe', 'data-recipe': name, open: index === 0 }, make('summary', {}, name),
      make('p', { class: 'recipe-head' }, make('span', { class: 'muted' }, word(`recipe.${where}`)), copyButton(lines, name)),
      make('pre', { tabindex: 0, 'aria-label': name }, make('code', {}, lines)));
  }));
}
