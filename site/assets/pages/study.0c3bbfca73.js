import '../elements/app-frame.e89bc4a050.js';
import '../elements/study-page.1a83f94787.js';
