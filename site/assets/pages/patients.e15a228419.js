import '../elements/app-frame.e64f054fb8.js';
import '../elements/patient-list.d6d915093b.js';
import '../elements/unattached-list.0ee654df33.js';
