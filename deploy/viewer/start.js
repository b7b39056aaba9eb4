// What OHIF's own page says in inline scripts, which the content security policy forbids.
window.PUBLIC_URL = '/viewer/';
window.browserImportFunction = moduleId => import(moduleId);
console.time('scriptToView'); // OHIF ends this timer with its first image
