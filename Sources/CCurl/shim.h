#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo take what follows by the option, which Swift cannot call. */
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

static inline CURLcode ccurl_set_number(CURL *handle, CURLoption option, long number) {
    return curl_easy_setopt(handle, option, number);
}

static inline CURLcode ccurl_set_length(CURL *handle, CURLoption option, curl_off_t length) {
    return curl_easy_setopt(handle, option, length);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *pointer) {
    return curl_easy_setopt(handle, option, pointer);
}

typedef size_t (*ccurl_callback)(char *bytes, size_t size, size_t count, void *pointer);

static inline CURLcode ccurl_set_callback(CURL *handle, CURLoption option, ccurl_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}

static inline long ccurl_status(CURL *handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
