

const spoken = [localStorage.getItem('language') ?? '', ...navigator.languages].map(tag => tag.slice(0, 2).toLowerCase());
const chosen = spoken.find(tag => tag === 'fr' || tag === 'en') ?? 'fr';
location.replace(`/${chosen}/${location.search}`);
