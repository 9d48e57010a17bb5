// GLPK's simplex as an independent judge of linear programs.
#pragma once

#include <optional>
#include <vector>

#include <Eigen/Core>
#include <glpk.h>

namespace plumb::test {

/// An x with the largest `gain` x over 0 <= x <= most, lower <= A x <= upper; nothing when no x meets the conditions.
inline std::optional<Eigen::VectorXd> glpk_solve(const Eigen::MatrixXd& conditions,
                                                 const Eigen::VectorXd& lower, const Eigen::VectorXd& upper,
                                                 const Eigen::VectorXd& gain, double most) {
    glp_term_out(GLP_OFF);
    glp_prob* const lp = glp_create_prob();
    const int rows = static_cast<int>(conditions.rows()), columns = static_cast<int>(conditions.cols());
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_rows(lp, rows);
    glp_add_cols(lp, columns);
    for (int i = 0; i < rows; ++i)
        glp_set_row_bnds(lp, i + 1, lower[i] == upper[i] ? GLP_FX : GLP_DB, lower[i], upper[i]);
    std::vector<int> index(static_cast<std::size_t>(rows) + 1);
    std::vector<double> value(index.size());
    for (int j = 0; j < columns; ++j) {
        for (int i = 0; i < rows; ++i) {
            index[static_cast<std::size_t>(i) + 1] = i + 1;
            value[static_cast<std::size_t>(i) + 1] = conditions(i, j);
        }
        glp_set_mat_col(lp, j + 1, rows, index.data(), value.data());
        glp_set_col_bnds(lp, j + 1, GLP_DB, 0.0, most);
        glp_set_obj_coef(lp, j + 1, gain[j]);
    }
    glp_smcp control;
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    std::optional<Eigen::VectorXd> best;
    if (glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT) {
        best.emplace(columns);
        for (int j = 0; j < columns; ++j) (*best)[j] = glp_get_col_prim(lp, j + 1);
    }
    glp_delete_prob(lp);
    return best;
}

/// What it gains.
inline std::optional<double> glpk_best(const Eigen::MatrixXd& conditions, const Eigen::VectorXd& lower,
                                       const Eigen::VectorXd& upper, const Eigen::VectorXd& gain,
                                       double most) {
    const auto x = glpk_solve(conditions, lower, upper, gain, most);
    return x ? std::optional(gain.dot(*x)) : std::nullopt;
}

}  // namespace plumb::test
