#ifndef CJPEGDECODERS_H
#define CJPEGDECODERS_H
#include <stddef.h>
#include <stdint.h>

/*
 * One door to four builds of the IJG library, which reports errors through setjmp and longjmp and therefore cannot be
 * called from Swift: libjpeg-turbo (8 bits, DCT, SIMD) and GDCM's builds with lossless processes for 8, 12 and 16 bits.
 */

typedef enum {
    cjpeg_turbo8 = 0,
    cjpeg_gdcm8 = 1,
    cjpeg_gdcm12 = 2,
    cjpeg_gdcm16 = 3
} cjpeg_build;

typedef enum {
    cjpeg_ok = 0,
    cjpeg_corrupt = 1,   /* the library gave up, warned of damage, or the data end early */
    cjpeg_mismatch = 2   /* the stream's rows, columns or components are not those asked for */
} cjpeg_status;

typedef struct {
    uint32_t columns, rows, components;   /* what the stream must say */
    void *samples;                        /* uint8_t for the 8-bit builds, uint16_t for the others, colour by pixel */
    size_t length;                        /* bytes at samples: columns * rows * components * sample size */
    char message[200];                    /* the library's words when it fails */
} cjpeg_frame;

/* Decodes one frame without colour conversion; subsampled components are brought to full size. */
cjpeg_status cjpeg_decode(cjpeg_build build, const uint8_t *bytes, size_t count, cjpeg_frame *frame);

#endif
