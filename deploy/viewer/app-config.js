/**
 * What OHIF asks of this portal. The session cookie signs every request, so no token is configured here.
 *
 * Only our own data source is listed: those that take a `url=` parameter would send a reader anywhere.
 */
window.config = {
  routerBasename: '/viewer/',
  showStudyList: true,
  extensions: [],
  modes: [],
  customizationService: {},
  showWarningMessageForCrossOrigin: false,
  showCPUFallbackMessage: true,
  showLoadingIndicator: true,
  strictZSpacingForVolumeViewport: true,
  investigationalUseDialog: { option: 'never' },
  useSharedArrayBuffer: 'FALSE',
  maxNumberOfWebWorkers: 3,
  whiteLabeling: {
    /** In place of OHIF's mark: the way back to our pages. */
    createLogoComponentFn: react => {
      const { href, text } = window.portalHouse.wayBack();
      return react.createElement('a', { href, className: 'way-back', 'aria-label': text, onClick: event => event.stopPropagation() }, text);
    },
  },
  defaultDataSourceName: 'dicomweb',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'dicomweb',
      configuration: {
        friendlyName: 'Preview DICOM',
        name: 'preview-dicom',
        qidoRoot: '/dicomweb',
        wadoRoot: '/dicomweb',
        wadoUriRoot: '/dicomweb',
        qidoSupportsIncludeField: true,
        supportsFuzzyMatching: true,
        supportsWildcard: true,
        supportsReject: false,
        // Files come in on our own import page, which plans, resumes and undoes.
        dicomUploadEnabled: false,
        imageRendering: 'wadors',
        // Frames as one part: no boundary to search in every image.
        acceptHeader: ['application/octet-stream; transfer-syntax=*'],
        // Bulk data is handled on this path alone.
        enableStudyLazyLoad: true,
        bulkDataURI: { enabled: true },
        singlepart: 'bulkdata,video,pdf',
      },
    },
  ],
  /** access.js watches for the end of the session and of the right to see a study. */
  httpErrorHandler: error => {
    const status = error?.status ?? error?.request?.status;
    if (status !== 401) console.warn('The portal answered ' + status + '.');
  },
};
