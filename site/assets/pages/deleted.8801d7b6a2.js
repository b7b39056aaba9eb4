import '../elements/app-frame.fe7b08cc20.js';
import '../elements/deletion-list.ba134dc2ba.js';
