import '../elements/app-frame.87e0f528fd.js';
import '../elements/unattached-list.15a1a28462.js';
