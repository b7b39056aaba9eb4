import '../elements/app-frame.3b58bbd22a.js';
import '../elements/patient-list.4fa8e3769a.js';
import '../elements/unattached-list.8962dd48bc.js';
