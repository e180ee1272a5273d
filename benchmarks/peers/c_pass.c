/* The regulation of benchmarks/pack in one fused pass over narrow columns, exact.
 * COLUMNS is put in by c_pass.py: one pointer a column, in the order of packed.NARROW.
 *
 * No branch depends on a fact: on a million rows mispredictions cost more than the work. The two
 * ratios are divided as doubles and are exact all the same: numerators stay below 2^53, and a
 * quotient that is not whole lies farther from a whole number than a double can err. */
#include <stdint.h>

static inline int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

/* Hundredths of 12 points for part / whole, rounded half up; the bound keeps the cast defined. */
static inline int32_t of_twelve(double part, double whole) {
    double points = (2400.0 * part + whole) / (2.0 * whole);
    return (int32_t)(points < 10000.0 ? points : 10000.0);
}

void score(long rows, const void *const *columns, const int32_t *kind_points,
           const int32_t *level_points, const int32_t *unit_points, const int32_t *days,
           int32_t *restrict totals) {
    COLUMNS
    const int32_t on_time = days[0], inspected = days[1];
    const int32_t by_24 = days[2], by_12 = days[3], by_6 = days[4];
    for (long i = 0; i < rows; i++) {
        int32_t total = 100 * (ro_nguoi[i] + ro_viec[i] + ro_dia_chi[i] + ro_ket_qua[i]);
        total += 200 * (ngay_dang_ky[i] <= on_time);
        total += least(75 * so_to_chuc_phoi_hop[i], 300);
        total += level_points[cap_dang_ky[i]] + kind_points[loai_mo_hinh[i]];
        total += unit_points[don_vi[i]] + 100 * trang_thong_tin[i];

        int32_t members = so_thanh_vien[i], complaints = so_vu_khieu_nai[i];
        total += 300 * (members >= 20) + 200 * (members >= 50) + 300 * (members >= 100);
        int32_t part = so_ho_tham_gia[i], homes = so_ho_dia_ban[i];
        total += of_twelve(part, homes) * (2 * part >= homes);
        int32_t content = so_phieu_hai_long[i], asked = so_phieu_khao_sat[i];
        int32_t best = (content * 10 >= asked * 9) & (complaints == 0);
        total += 400 * (content * 4 >= asked * 3) + 200 * best;
        total += most(0, 600 - 150 * complaints);
        total += 100 + 200 * ((so_luot_tham_quan[i] > 1000) & duoc_tap_huan[i]);
        int32_t area = dien_tich_ha[i];
        total += (150 + 150 * (homes * 40 > area)) * (area > 0);

        int32_t takings = doanh_thu[i], costs = chi_phi[i], before = doanh_thu_nam_truoc[i];
        int32_t gap = takings - costs, gain = gap >= 0, sold = takings > 0;
        int32_t earned = of_twelve(gain ? gap : -(double)gap, takings + !sold);
        total += (gain ? earned : -least(earned, 600)) * sold;
        int32_t growth = tang_thu_nhap[i], grown = growth >= 1550;
        total += 500 * grown + ((3 * growth + 5) / 10) * (!grown & (growth > 0));
        int32_t more = takings * 10.0 > before * 11.0;
        total += (200 + 200 * more) * (before >= 0);
        total += 400 - 200 * (ty_le_ho_ngheo[i] > 500) - 200 * (ty_le_ho_ngheo[i] > 1250);
        total += 250 + 350 * (diem_an_toan[i] * 3 + diem_chat_luong[i] * 7 >= 80000);
        int32_t capital = von_xa_hoi_hoa[i];
        total += least(400, 200 + (capital - 2000) / 1000 * 25) * (capital >= 2000);

        int32_t wrong = vi_pham[i], clean = !wrong, started = ngay_bat_dau[i];
        total += 300 * (dat_chuan[i] & clean) + 200 * (nop_bao_cao[i] & duoc_kiem_tra[i] & clean);
        total += 200 * (ngay_kiem_tra[i] >= inspected);
        total += 75 * (started <= by_24) + 75 * (started <= by_12) + 50 * (started <= by_6);
        total += 300 * (chuyen_doi_so[i] | lien_ket_tieu_thu[i]);
        totals[i] = total - 1000 * wrong - 125 * complaints * clean;
    }
}

/* Reads every byte once and adds it up: what memory alone allows. */
uint64_t read_all(long words, const uint64_t *from) {
    uint64_t a = 0, b = 0, c = 0, d = 0;
    for (long i = 0; i + 4 <= words; i += 4) {
        a += from[i];
        b += from[i + 1];
        c += from[i + 2];
        d += from[i + 3];
    }
    return a + b + c + d;
}
