#ifndef COPENJPH_H
#define COPENJPH_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One door to OpenJPH, whose C++ interface and exceptions Swift cannot use.
 */

typedef struct {
    uint32_t columns, rows, components;
    uint32_t precision;         /* bits of a sample, 1 to 16 */
    int is_signed;              /* samples are two's complement of their whole width */
    int transforms_colour;      /* the reversible multiple component transform, for three components of RGB */
    uint32_t decompositions;    /* levels of the wavelet transform */
    const uint8_t *samples;     /* little endian, colour by pixel */
    uint32_t sample_width;      /* bytes of a sample: 1 or 2 */
} copenjph_image;

typedef struct {
    uint8_t *bytes;             /* the codestream, to be given to copenjph_free */
    size_t length;
    char message[200];          /* the library's words when it fails */
} copenjph_result;

/* Encodes without loss, in one tile, resolutions first (RPCL). Returns 0, or 1 with a message. */
int copenjph_encode(const copenjph_image *image, copenjph_result *result);

void copenjph_free(copenjph_result *result);

#ifdef __cplusplus
}
#endif
#endif
